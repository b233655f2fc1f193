using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Who was at a meeting by its minutes: its participants and its chairs.</summary>
internal sealed class Attendance
{
    private readonly MeetingMinutes _minutes;
    private readonly Roster _roster;
    private readonly DateOnly _day;
    private readonly HashSet<string> _participants;
    private readonly HashSet<string> _all;

    public Attendance(MeetingMinutes minutes, Roster roster)
    {
        _minutes = minutes;
        _roster = roster;
        _day = minutes.Date ?? DateOnly.MaxValue;
        _participants = [.. minutes.Participants.SelectMany(person => Marks(person.Name))];
        _all = [.. _participants, .. minutes.Chairs.SelectMany(person => Marks(person.Name))];
    }

    public IEnumerable<NamedPerson> People => _minutes.Participants.Concat(_minutes.Chairs);

    /// <summary>Whether somebody of that name took part; the chair did, listed or not.</summary>
    public bool Includes(string name) => Keys(name).Any(_all.Contains);

    /// <summary>Whether somebody of that name is on the list of participants.</summary>
    public bool Lists(string name) => Keys(name).Any(_participants.Contains);

    public NameMatch Find(string name) => _roster.Find(name, _day);

    /// <summary>Whether the charter has somebody of exactly that name.</summary>
    public bool Knows(string name) => Find(name) is NameMatch.OfMember { Exact: true } or NameMatch.OfGuest { Exact: true };

    public bool MeansEveryone(string name) => _roster.MeansEveryone(name);

    /// <summary>All short forms by which somebody present can be called.</summary>
    private IEnumerable<string> Marks(string name)
    {
        var folded = Spelling.Fold(name);
        var words = folded.Split(' ');
        for (var i = 1; i <= words.Length; i++)
        {
            yield return string.Join(' ', words[..i]);
        }

        yield return words[^1];
        yield return string.Concat(words.Where(word => word.Length > 0).Select(word => word[0]));
        if (Person(Find(name)) is { } person)
        {
            yield return person;
        }
    }

    /// <summary>The name itself, and who is meant by it. A name that two could bear is any of the two.</summary>
    private IEnumerable<string> Keys(string name)
    {
        yield return Spelling.Fold(name);
        var match = Find(name);
        if (match is NameMatch.Ambiguous { Names: var names })
        {
            foreach (var possible in names)
            {
                yield return Spelling.Fold(possible);
            }
        }
        else if (Person(match) is { } person)
        {
            yield return person;
        }
    }

    /// <summary>A key that no name folds to.</summary>
    private static string? Person(NameMatch match) => match switch
    {
        NameMatch.OfMember { Member.Id: var id } => $"member:{id}",
        NameMatch.OfGuest { Guest.Name: var name } => $"guest:{name}",
        _ => null,
    };
}
