namespace BscFlow.Workflow;

/// <summary>The things the secretary does by time. The name is what stands in a queue message.</summary>
public enum StepKind
{
    DraftMeeting,
    SendAgenda,
    RemindMeeting,
    AskForMinutes,
    CirculateMinutes,
    PublishMinutes,
    TellCancellation,
    RemindOwners,
    SendMail,
}

/// <summary>Something to do for one committee; safe to do again.</summary>
/// <param name="Subject">What it is about: an occurrence's start, a meeting's row key, an outbox key, a week.</param>
public sealed record Step(string Committee, StepKind Kind, string Subject);
