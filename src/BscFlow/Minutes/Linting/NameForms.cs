using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>By what a person of a name in minutes can be called; worked out once a name, for an archive repeats them.</summary>
internal sealed class NameForms(Roster roster)
{
    private readonly Dictionary<(string Name, string? Person), HashSet<string>> _marks = [];

    public Roster Roster { get; } = roster;

    /// <summary>All short forms by which somebody who is present under a name can be called.</summary>
    public IReadOnlySet<string> Marks(string name, DateOnly day)
    {
        var person = Person(Roster.Find(name, day));
        if (!_marks.TryGetValue((name, person), out var marks))
        {
            _marks[(name, person)] = marks = [.. Marks(name)];
            if (person is not null)
            {
                marks.Add(person);
            }
        }

        return marks;
    }

    /// <summary>The name itself, and who is meant by it. A name that two could bear is any of the two.</summary>
    public IEnumerable<string> Keys(string name, DateOnly day) => Roster.Find(name, day) switch
    {
        NameMatch.Ambiguous { Names: var names } => names.Select(Spelling.Fold).Prepend(Spelling.Fold(name)),
        var match => Person(match) is { } person ? [Spelling.Fold(name), person] : [Spelling.Fold(name)],
    };

    private static IEnumerable<string> Marks(string name)
    {
        var words = Spelling.Fold(name).Split(' ');
        for (var i = 1; i <= words.Length; i++)
        {
            yield return string.Join(' ', words[..i]);
        }

        yield return words[^1];
        yield return string.Concat(words.Where(word => word.Length > 0).Select(word => word[0]));
    }

    /// <summary>A key that no name folds to.</summary>
    private static string? Person(NameMatch match) => match switch
    {
        NameMatch.OfMember { Member.Id: var id } => $"member:{id}",
        NameMatch.OfGuest { Guest.Name: var name } => $"guest:{name}",
        _ => null,
    };
}
