using System.Text.RegularExpressions;
using BscFlow.Committee;

namespace BscFlow.Votes.Nominations;

/// <summary>A person as somebody nominates them.</summary>
public sealed record NamedPerson(string Name, string Address, string? Affiliation);

/// <summary>What somebody wrote who was asked to nominate: a person a line, whole or not at all.</summary>
public abstract partial record NominationText
{
    private NominationText()
    {
    }

    public sealed record Names(IReadOnlyList<NamedPerson> People) : NominationText;

    /// <param name="Why">In words that can be sent to the voter.</param>
    public sealed record Unclear(string Why) : NominationText;

    /// <summary>Reads the lines before the first empty one.</summary>
    /// <param name="voter">Whose words they are, for "me".</param>
    /// <param name="charter">Whose members can be nominated by their names alone.</param>
    public static NominationText Read(string written, Member voter, Charter charter)
    {
        List<NamedPerson> people = [];
        var lines = written.ReplaceLineEndings("\n").Trim().Split('\n');
        foreach (var line in lines.TakeWhile(line => !string.IsNullOrWhiteSpace(line)))
        {
            if (PersonIn(line.Trim(), voter, charter) is not { } person)
            {
                return new Unclear($"\"{line.Trim()}\" names nobody who can be written to{MeantBy(line.Trim(), charter)}");
            }

            people.Add(person);
        }

        return people.Count == 0 ? new Unclear("it names nobody")
            : people.Count > NominationCall.MostOfOne ? new Unclear($"it names more than {NominationCall.MostOfOne} people")
            : new Names(people);
    }

    private static NamedPerson? PersonIn(string line, Member voter, Charter charter)
    {
        if (Myself().IsMatch(line))
        {
            return Of(voter);
        }

        if (Person().Match(line) is { Success: true } match && CharterValues.IsAddress(match.Groups["address"].Value))
        {
            var affiliation = match.Groups["affiliation"].Value.Trim();
            return new NamedPerson(
                match.Groups["name"].Value.Trim(), match.Groups["address"].Value, affiliation.Length > 0 ? affiliation : null);
        }

        var named = charter.Members
            .Where(member => string.Equals(member.Name, line, StringComparison.OrdinalIgnoreCase))
            .ToList();
        return named is [var one] ? Of(one) : null;
    }

    /// <summary>"; did you mean Ada Bell?", where the line is a part of one member's name, or an alias of theirs.</summary>
    private static string MeantBy(string line, Charter charter)
    {
        var meant = charter.Members
            .Where(member => member.Name.Split(' ').Concat(member.Aliases).Contains(line, StringComparer.OrdinalIgnoreCase))
            .ToList();
        return meant is [var one] ? $"; did you mean {one.Name}?" : "";
    }

    private static NamedPerson Of(Member member) => new(member.Name, member.Addresses[0], member.Affiliation);

    [GeneratedRegex(@"^(i nominate )?(me|myself)[.!]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Myself();

    /// <summary><c>Ada Bell &lt;ada@example.org&gt;, Northlight</c>, or with commas alone.</summary>
    [GeneratedRegex(
        @"^(?:[-*]\s+|\d{1,3}[.)]\s*)?(?<name>[^<>,@]{1,200}?)\s*(?:,\s*|<)(?<address>[^\s<>,]{3,320})>?"
        + @"\s*(?:,\s*(?<affiliation>[^<>@]{1,200}))?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Person();
}
