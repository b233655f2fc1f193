using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace BscFlow.Minutes;

/// <summary>What `bscflow read --json` prints: an array of meetings, each with its file, in the files' order.</summary>
public static class MinutesListing
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <param name="output">Gets UTF-8 without a byte order mark; stays open.</param>
    /// <param name="files">The name under which a file's meetings are listed, and what was read in it.</param>
    public static void Write(Stream output, IEnumerable<(string File, MinutesDocument Minutes)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartArray();
        foreach (var (file, minutes) in files)
        {
            foreach (var meeting in minutes.Meetings)
            {
                JsonSerializer.Serialize(writer, ListedMeeting.From(file, meeting), ListingJson.Default.ListedMeeting);
            }
        }

        writer.WriteEndArray();
    }
}

internal sealed record ListedMeeting(
    string File,
    int? Number,
    DateOnly? Date,
    string Status,
    int? DurationMinutes,
    IEnumerable<string> Chairs,
    IEnumerable<string> Participants,
    string? QuorumStatement,
    IEnumerable<ListedAction> ActionItems,
    IEnumerable<ListedDecision> Decisions)
{
    public static ListedMeeting From(string file, MeetingMinutes meeting) => new(
        file,
        meeting.Number,
        meeting.Date,
        meeting.Status is MeetingStatus.Cancelled ? "cancelled" : "held",
        meeting.DurationMinutes,
        meeting.Chairs.Select(person => person.Name),
        meeting.Participants.Select(person => person.Name),
        meeting.Quorum?.Text,
        meeting.ActionItems.Select(item => new ListedAction(item.Line, item.Owners, item.Text, item.Done, item.Carried)),
        meeting.Decisions.Select(item => new ListedDecision(item.Line, item.Text, item.Kind switch
        {
            DecisionKind.Consensus => "consensus",
            DecisionKind.Vote => "vote",
            DecisionKind.Approval => "approval",
            _ => "decision",
        })));
}

internal sealed record ListedAction(int Line, IReadOnlyList<string> Owners, string Text, bool Done, bool Carried);

internal sealed record ListedDecision(int Line, string Text, string Kind);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ListedMeeting))]
internal sealed partial class ListingJson : JsonSerializerContext;
