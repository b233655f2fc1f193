using System.Globalization;
using BscFlow.Committee;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

public enum CharterFieldKind
{
    Line,

    /// <summary>A list, an item a line.</summary>
    Lines,

    Flag,
}

/// <summary>One field of the form for a charter.</summary>
/// <param name="Path">Of the charter's file, such as <c>meetings.place</c>; also the field's name in the form.</param>
public sealed record CharterField(string Path, string Label, CharterFieldKind Kind = CharterFieldKind.Line, string? Hint = null);

/// <summary>Fields under one heading.</summary>
public sealed record CharterSection(string Title, IReadOnlyList<CharterField> Fields);

/// <summary>What of a charter can be changed field by field. Members have pages of their own; the rest is changed as text.</summary>
public static class CharterFields
{
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
    ];

    /// <summary>The sections of the form: one for each rule of the charter among them.</summary>
    public static IReadOnlyList<CharterSection> For(Charter charter) =>
        [.. Fixed, .. charter.Rules.OrderBy(rule => rule.Key, StringComparer.Ordinal).Select(rule => Rule(rule.Key, rule.Value))];

    /// <summary>What a form shows for a charter's file.</summary>
    public static Dictionary<string, string> Read(Charter charter, ReadOnlySpan<byte> json)
    {
        var edit = new CharterEdit(json);
        return Paths(charter).ToDictionary(field => field.Path, field => edit.Get(field.Path));
    }

    /// <summary>What was typed.</summary>
    public static Dictionary<string, string> Read(Charter charter, IFormCollection form) =>
        Paths(charter).ToDictionary(field => field.Path, field => form[field.Path].ToString().ReplaceLineEndings("\n"));

    /// <summary>The charter's file with what was typed in it.</summary>
    public static byte[] Write(Charter charter, ReadOnlySpan<byte> json, IReadOnlyDictionary<string, string> typed)
    {
        var edit = new CharterEdit(json);
        foreach (var field in Paths(charter))
        {
            // What was not touched stays as it is, be it written otherwise than a form would.
            if (typed[field.Path] != edit.Get(field.Path))
            {
                Set(edit, field, typed[field.Path]);
            }
        }

        return edit.Write();
    }

    /// <summary>Splits errors into those of a field of the form, by its path, and the rest.</summary>
    public static (Dictionary<string, string> Beside, IReadOnlyList<CharterError> Above) Place(
        IEnumerable<string> paths, IReadOnlyList<CharterError> errors)
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
        var rest = error.Field[path.Length..];
        var subject = rest.StartsWith('[') && int.TryParse(rest[1..rest.IndexOf(']', StringComparison.Ordinal)], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? string.Create(CultureInfo.InvariantCulture, $"Line {index + 1}")
            : "This";
        return $"{subject} {error.Message}{(error.Message.EndsWith('?') ? "" : ".")}";
    }

    private static IEnumerable<CharterField> Paths(Charter charter) => For(charter).SelectMany(section => section.Fields);

    private static CharterSection Rule(string name, VoteRule rule) => new(
        $"Rule “{name}”",
        rule.InMeeting == rule.ByMail
            ?
            [
                new($"rules.{name}.needs", "Needs", Hint: Threshold),
                new($"rules.{name}.of", "Of", Hint: Of),
                new($"rules.{name}.ratifiedBy", "Ratified by", Hint: "May be empty"),
            ]
            :
            [
                new($"rules.{name}.inMeeting.needs", "In a meeting, needs", Hint: Threshold),
                new($"rules.{name}.inMeeting.of", "Of", Hint: Of),
                new($"rules.{name}.byMail.needs", "By mail, needs", Hint: Threshold),
                new($"rules.{name}.byMail.of", "Of", Hint: Of),
                new($"rules.{name}.ratifiedBy", "Ratified by", Hint: "May be empty"),
            ]);
}
