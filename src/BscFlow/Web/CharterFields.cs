using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.Committee;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

public enum CharterFieldKind
{
    Line,

    /// <summary>A list, an item a line.</summary>
    Lines,

    Flag,

    /// <summary>A whole number.</summary>
    Number,
}

/// <summary>One field of the form for a charter.</summary>
/// <param name="Path">Of the charter's file, such as <c>meetings.place</c>; also the field's name in the form.</param>
public sealed record CharterField(string Path, string Label, CharterFieldKind Kind = CharterFieldKind.Line, string? Hint = null);

/// <summary>Fields under one heading.</summary>
/// <param name="Group">Sections of one group stand together, folded until one opens them; null: always shown.</param>
public sealed record CharterSection(string Title, IReadOnlyList<CharterField> Fields, string? Group = null);

/// <summary>
/// What of a charter can be changed field by field; members have pages of their own. What has several entries shows each of them
/// and an empty one for another; an entry whose fields are all emptied is taken out.
/// </summary>
public static partial class CharterFields
{
    /// <summary>Where the name of a rule that is to be added stands in a form; its other fields follow below it.</summary>
    private const string NewRule = "rules.+";

    private const string NewRuleName = $"{NewRule}.name";
    private const string StandingChair = "chair.fixed";
    private const string Threshold = "“at least 2/3” or “more than 1/2”";
    private const string Of = "cast, present, entire or others";

    private static readonly IReadOnlyList<CharterSection> Fixed =
    [
        new("The committee",
        [
            new("name", "Name"),
            new("timeZone", "Time zone", Hint: "As in Europe/Lisbon"),
            new("mailbox", "Mailbox", Hint: "The shared mailbox that sends and receives"),
            new("list", "Mailing list", Hint: "May be empty"),
            new("secretaries", "Secretaries", CharterFieldKind.Lines, "An address a line; they may use this desk"),
            new(StandingChair, "Standing chair", Hint: "Id of a member; empty: the chair goes round by first name"),
        ]),
        new("Meetings",
        [
            new("meetings.rule", "Recurrence", Hint: "RFC 5545: FREQ=MONTHLY;BYDAY=2TH is the second Thursday of each month"),
            new("meetings.start", "First meeting", Hint: "As 2024-01-11T15:00, in the committee’s zone"),
            new("meetings.length", "Length", Hint: "PT1H is an hour"),
            new("meetings.place", "Place", Hint: "Address of a video room, or a place"),
            new("meetings.cancelled", "Dates without a meeting", CharterFieldKind.Lines, "A date a line, as 2026-08-13"),
            new("meetings.special", "Meetings beside the recurrence", CharterFieldKind.Lines, "A start a line, as 2026-03-04T15:00"),
            new("meetings.cancelledKeepsNumber", "A meeting that is cancelled keeps its number", CharterFieldKind.Flag),
        ]),
        new("Times",
        [
            new("leadTimes.draft", "Agenda before the meeting", Hint: "P7D is seven days"),
            new("leadTimes.reminder", "Reminder before the meeting"),
            new("leadTimes.minutes", "Minutes asked for after the meeting"),
            new("leadTimes.objections", "Time for objections to minutes"),
        ]),
        new("Quorum",
        [
            new("quorum.needs", "Needs", Hint: Threshold),
            new("quorum.of", "Of", Hint: "entire: all members in office"),
        ]),
        new("Motions by mail",
        [
            new("motions.open", "Open for"),
            new("motions.minimum", "At least"),
            new("motions.closeEarly", "Close as soon as nothing can change any more", CharterFieldKind.Flag),
        ]),
        new("Votes over options",
        [
            new("elections.tieBreak", "Ties are decided by", Hint: "lot or chair; empty: the chair where a vote has the chair’s order, else a lot"),
            new("elections.quorum.needs", "How many must answer", Hint: $"{Threshold} of those who are asked; empty: of the committee its quorum"),
            new("elections.floor", "Option behind which nothing wins", Hint: "Such as None of the above; may be empty"),
        ]),
    ];

    /// <summary>Another rule than those that there are.</summary>
    private static readonly CharterSection AnotherRule = new(
        "Another rule",
        [
            new(NewRuleName, "Name", Hint: "Lower-case letters, digits and hyphens; empty: none"),
            new($"{NewRule}.needs", "Needs", Hint: Threshold),
            new($"{NewRule}.of", "Of", Hint: Of),
            new($"{NewRule}.ratifiedBy", "Ratified by", Hint: "As in a sentence: the board; may be empty"),
        ]);

    /// <summary>The sections of the form.</summary>
    /// <param name="json">The charter's file: as many entries as it has, and whether a rule is written in short.</param>
    public static IReadOnlyList<CharterSection> For(ReadOnlySpan<byte> json) => For(new CharterEdit(json));

    /// <summary>What a form shows for a charter's file.</summary>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> json)
    {
        var edit = new CharterEdit(json);
        return Fields(edit).ToDictionary(field => field.Path, field => edit.Get(field.Path));
    }

    /// <summary>What was typed.</summary>
    /// <param name="json">The charter's file, from which the form was made.</param>
    public static Dictionary<string, string> Read(ReadOnlySpan<byte> json, IFormCollection form) =>
        Fields(new CharterEdit(json)).ToDictionary(field => field.Path, field => form[field.Path].ToString().ReplaceLineEndings("\n"));

    /// <summary>The charter's file with what was typed in it.</summary>
    public static byte[] Write(ReadOnlySpan<byte> json, IReadOnlyDictionary<string, string> typed)
    {
        var edit = new CharterEdit(json);
        foreach (var field in Fields(edit).ToList())
        {
            // What was not touched stays as it is, be it written otherwise than a form would.
            if (field.Path != NewRuleName && typed[field.Path] != edit.Get(field.Path))
            {
                Set(edit, field with { Path = InFile(field.Path, typed) }, typed[field.Path]);
            }
        }

        if (edit.Get(StandingChair) != new CharterEdit(json).Get(StandingChair))
        {
            // Whether it goes round follows from whether one stands.
            edit.SetFlag("chair.rotates", false);
        }

        foreach (var list in CharterFieldList.All)
        {
            edit.DropEmpty(list.Path);
        }

        foreach (var path in (string[])["rules", "chair", "elections"])
        {
            edit.DropEmpty(path);
        }

        return edit.Write();
    }

    /// <summary>Splits errors into those of a field of the form, by its path, and the rest.</summary>
    /// <param name="typed">What the form holds, by path.</param>
    public static (Dictionary<string, string> Beside, IReadOnlyList<CharterError> Above) Place(
        IReadOnlyDictionary<string, string> typed, IReadOnlyList<CharterError> errors) =>
        Place(typed.Keys, errors.Select(error => error with { Field = InForm(error.Field, typed) }));

    /// <param name="paths">Of the fields of a form, each as the file has it.</param>
    public static (Dictionary<string, string> Beside, IReadOnlyList<CharterError> Above) Place(
        IEnumerable<string> paths, IEnumerable<CharterError> errors)
    {
        var beside = new Dictionary<string, string>();
        var above = new List<CharterError>();
        foreach (var error in errors)
        {
            var path = paths.FirstOrDefault(path => IsOf(error.Field, path));
            if (path is null || !beside.TryAdd(path, Say(error, path)))
            {
                above.Add(error);
            }
        }

        return (beside, above);
    }

    private static IReadOnlyList<CharterSection> For(CharterEdit edit) =>
    [
        .. Fixed,
        .. edit.Names("rules").Order(StringComparer.Ordinal).Select(name => Rule(name, edit.Names($"rules.{name}").Contains("inMeeting"))),
        AnotherRule,
        .. CharterFieldList.All.SelectMany(list => list.Sections(edit)),
    ];

    private static IEnumerable<CharterField> Fields(CharterEdit edit) => For(edit).SelectMany(section => section.Fields);

    /// <summary>Where what stands in a field of the form is to stand in the file.</summary>
    private static string InFile(string path, IReadOnlyDictionary<string, string> typed) =>
        path.StartsWith(NewRule, StringComparison.Ordinal) ? $"rules.{typed[NewRuleName].Trim()}{path[NewRule.Length..]}" : path;

    /// <summary>
    /// The field of the form that an error of the file is about: the file has no entry for one that was emptied, and knows the rule
    /// that was added by its name.
    /// </summary>
    private static string InForm(string field, IReadOnlyDictionary<string, string> typed)
    {
        if (typed.GetValueOrDefault(NewRuleName)?.Trim() is { } name
            && typed.Any(entry => entry.Key.StartsWith(NewRule, StringComparison.Ordinal) && entry.Value.Trim().Length > 0)
            && IsOf(field, $"rules.{name}") && !typed.Keys.Any(path => IsOf(path, $"rules.{name}")))
        {
            var rest = field[$"rules.{name}".Length..];
            return rest.Length == 0 ? NewRuleName : $"{NewRule}{rest}";
        }

        return Entry.Match(field) is { Success: true } entry
            && CharterFieldList.All.FirstOrDefault(list => list.Path == entry.Groups["list"].Value) is { } list
            && list.InForm(int.Parse(entry.ValueSpan[(list.Path.Length + 1)..^1], CultureInfo.InvariantCulture), typed) is { } index
                ? string.Create(CultureInfo.InvariantCulture, $"{list.Path}[{index}]{field[entry.Length..]}")
                : field;
    }

    private static void Set(CharterEdit edit, CharterField field, string value)
    {
        switch (field.Kind)
        {
            case CharterFieldKind.Lines:
                edit.SetLines(field.Path, value);
                break;
            case CharterFieldKind.Flag:
                edit.SetFlag(field.Path, value.Length > 0);
                break;
            case CharterFieldKind.Number:
                edit.SetNumber(field.Path, value);
                break;
            default:
                edit.SetText(field.Path, value);
                break;
        }
    }

    private static bool IsOf(string error, string path) =>
        error == path || error.StartsWith($"{path}[", StringComparison.Ordinal) || error.StartsWith($"{path}.", StringComparison.Ordinal);

    /// <summary>"Line 2 is …" for an item of a list, "This is …" for the field itself.</summary>
    private static string Say(CharterError error, string path)
    {
        // What stands inside an entry of a list, as the last day of a term, has no line of its own in the form.
        var rest = error.Field[path.Length..];
        var subject = rest is ['[', .. var line, ']']
            && int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? string.Create(CultureInfo.InvariantCulture, $"Line {index + 1}")
            : "This";
        return $"{subject} {error.Message}{(error.Message.EndsWith('?') ? "" : ".")}";
    }

    /// <param name="inFull">Whether the file says by itself what it takes in a meeting and by mail.</param>
    private static CharterSection Rule(string name, bool inFull) => new(
        $"Rule “{name}”",
        inFull
            ?
            [
                new($"rules.{name}.inMeeting.needs", "In a meeting, needs", Hint: Threshold),
                new($"rules.{name}.inMeeting.of", "Of", Hint: Of),
                new($"rules.{name}.byMail.needs", "By mail, needs", Hint: Threshold),
                new($"rules.{name}.byMail.of", "Of", Hint: Of),
                new($"rules.{name}.ratifiedBy", "Ratified by", Hint: "As in a sentence: the board; may be empty"),
            ]
            :
            [
                new($"rules.{name}.needs", "Needs", Hint: Threshold),
                new($"rules.{name}.of", "Of", Hint: Of),
                new($"rules.{name}.ratifiedBy", "Ratified by", Hint: "As in a sentence: the board; may be empty"),
            ]);

    [GeneratedRegex(@"^(?<list>[A-Za-z.]+)\[[0-9]+\]")]
    private static partial Regex Entry { get; }
}
