using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Web;

/// <summary>A list of the charter of which each entry has fields.</summary>
/// <param name="Path">Of the charter's file.</param>
/// <param name="One">What an entry is called.</param>
/// <param name="Fields">Of an entry, by the last part of their path; the first names the entry, where it is not empty.</param>
internal sealed record CharterFieldList(string Path, string Group, string One, IReadOnlyList<CharterField> Fields)
{
    private const string Day = "As 2026-03-01";

    public static IReadOnlyList<CharterFieldList> All { get; } =
    [
        new("guests", "Guests", "guest",
        [
            new("name", "Name"),
            new("affiliation", "Affiliation", Hint: "May be empty"),
            new("address", "Address", Hint: "With one the guest gets agendas, reminders and minutes; may be empty"),
            new("aliases", "Other spellings of the name", CharterFieldKind.Lines, "One a line, as they are met in minutes"),
        ]),
        new("proxies", "Proxies: who may vote for whom", "proxy",
        [
            new("member", "Votes for", Hint: "Id of the member who is represented"),
            new("by", "Votes", Hint: "Id of the member who votes for them"),
            new("from", "From", Hint: Day),
            new("until", "Until", Hint: $"{Day}; empty: until further notice"),
        ]),
        new("elections.caps", "Seats that an affiliation may hold", "cap on seats",
        [
            new("affiliation", "Affiliation", Hint: "Empty: every other one"),
            new("seats", "Seats, at most", CharterFieldKind.Number),
        ]),
        new("meetings.earlier", "Recurrences that were given up", "earlier recurrence",
        [
            new("rule", "Recurrence", Hint: "As FREQ=WEEKLY;INTERVAL=2;BYDAY=WE; the oldest first"),
            new("start", "First meeting", Hint: "As 2022-01-12T09:00; it was in force until the next one began"),
        ]),
    ];

    /// <summary>A section for each entry of the charter's file, and an empty one.</summary>
    public IEnumerable<CharterSection> Sections(CharterEdit edit)
    {
        var count = edit.Count(Path);
        for (var i = 0; i <= count; i++)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}]");
            var title = i == count ? $"Another {One}"
                : edit.Get($"{entry}.{Fields[0].Path}") is { Length: > 0 } name ? name
                : $"{char.ToUpperInvariant(One[0])}{One[1..]}";
            yield return new CharterSection(title, [.. Fields.Select(field => field with { Path = $"{entry}.{field.Path}" })], Group);
        }
    }

    /// <summary>Where the entry of the file stands in the form, which also has those that were emptied.</summary>
    /// <param name="typed">What the form holds, by path.</param>
    public int? InForm(int index, IReadOnlyDictionary<string, string> typed)
    {
        for (var i = 0; ; i++)
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"{Path}[{i}].");
            if (!typed.ContainsKey($"{entry}{Fields[0].Path}"))
            {
                return null;
            }

            if (Fields.Any(field => typed[$"{entry}{field.Path}"].Trim().Length > 0) && index-- == 0)
            {
                return i;
            }
        }
    }
}
