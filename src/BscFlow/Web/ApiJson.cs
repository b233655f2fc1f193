using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Votes.Mails;
using BscFlow.Workflow;

namespace BscFlow.Web;

/// <summary>A meeting as the programming interface gives it.</summary>
/// <param name="Meeting">What routes call it: <c>0062</c>.</param>
public sealed record MeetingView(
    string Meeting,
    int? Number,
    DateOnly Date,
    DateTimeOffset Start,
    DateTimeOffset End,
    MeetingState State,
    bool Special,
    string? Chair,
    string? Reason,
    DateTimeOffset? ObjectionsUntil,
    DateTimeOffset? PublishedAt);

/// <summary>An action item as the programming interface gives it.</summary>
/// <param name="Meeting">Number of the meeting that first stated it.</param>
public sealed record ActionView(
    string Id,
    IReadOnlyList<string> Owners,
    string Text,
    ActionState State,
    int? Meeting,
    DateOnly Opened,
    DateOnly? Closed,
    DateOnly? Due)
{
    public static ActionView Of(ActionItem item) =>
        new(item.Id, item.Owners, item.Text, item.State, item.Meeting, item.Opened, item.Closed, item.Due);
}

/// <summary>A special meeting to call.</summary>
/// <param name="Start">With offset, or in the committee's zone where there is none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SpecialMeetingRequest(string? Start, string? Reason, int? LengthMinutes = null);

/// <summary>A meeting to cancel.</summary>
/// <param name="Start">For a date of the calendar that is not drafted yet: its start, as for a special meeting.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CancellationRequest(string? Reason, string? Start = null);

/// <summary>Something for the next agenda.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AgendaRequest(string? Text, string? ProposedBy = null);

/// <summary>Who takes the chair: a member's id.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChairRequest(string? Member);

/// <summary>How long a member is away from the day on that the route names.</summary>
/// <param name="Until">The last day, such as 2026-01-06; left out: that one day.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AbsenceRequest(string? Until = null, string? Note = null);

/// <summary>An absence that was put down.</summary>
/// <param name="Chairs">Meetings that the member was to chair, and who is in the chair now.</param>
public sealed record AnnouncedView(Absence Absence, IReadOnlyList<ChairView> Chairs);

/// <param name="Chair">Null: nobody in office will come.</param>
public sealed record ChairView(string Meeting, string? Chair);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(IReadOnlyList<MeetingView>))]
[JsonSerializable(typeof(IReadOnlyList<ActionView>))]
[JsonSerializable(typeof(SpecialMeetingRequest))]
[JsonSerializable(typeof(CancellationRequest))]
[JsonSerializable(typeof(AgendaRequest))]
[JsonSerializable(typeof(ChairRequest))]
[JsonSerializable(typeof(Readiness))]
[JsonSerializable(typeof(IReadOnlyList<Absence>))]
[JsonSerializable(typeof(IReadOnlyList<MailView>))]
[JsonSerializable(typeof(SettlementRequest))]
[JsonSerializable(typeof(MailedBallotRequest))]
[JsonSerializable(typeof(AbsenceRequest))]
[JsonSerializable(typeof(AnnouncedView))]
[JsonSerializable(typeof(IReadOnlyList<ListedMotionView>))]
[JsonSerializable(typeof(IReadOnlyList<VoterView>))]
[JsonSerializable(typeof(MotionView))]
[JsonSerializable(typeof(MotionInput))]
[JsonSerializable(typeof(ExtensionRequest))]
[JsonSerializable(typeof(WithdrawalRequest))]
[JsonSerializable(typeof(CorrectionRequest))]
[JsonSerializable(typeof(RatificationRequest))]
[JsonSerializable(typeof(HeardBallotInput))]
[JsonSerializable(typeof(BallotView))]
[JsonSerializable(typeof(CallProgress))]
[JsonSerializable(typeof(CallAgainInput))]
[JsonSerializable(typeof(NominationInput))]
[JsonSerializable(typeof(NominationView))]
internal sealed partial class ApiJson : JsonSerializerContext;
