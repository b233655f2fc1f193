using System.Text.Json.Serialization;

namespace BscFlow.Workflow;

/// <summary>The things the secretary does by time. The name is what stands in a queue message.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepKind>))]
public enum StepKind
{
    DraftMeeting,
    SendAgenda,
    RemindMeeting,
    AskForMinutes,
    CirculateMinutes,
    PublishMinutes,
    ProposeMotions,
    OfferMinutes,
    TellCancellation,
    RemindOwners,

    /// <summary>Has the public pages tell of today.</summary>
    RefreshSite,
    CallForVotes,
    RemindVoters,
    CloseMotion,
    TellVoters,
    ForgetBallots,
    CallForNominations,
    OpenNominated,
    SendMail,

    /// <summary>
    /// Does nothing by itself: after every step is looked for what has become due, between two ticks of the clock too.
    /// </summary>
    LookAgain,

    /// <summary>Reads what has come into a mailbox.</summary>
    CollectMail,

    /// <summary>The same, without trust in how far it was read.</summary>
    CollectMailAnew,

    /// <summary>Has Graph go on telling of new mail in a mailbox.</summary>
    RenewSubscription,
}

/// <summary>Something to do for one committee; safe to do again.</summary>
/// <param name="Committee">Its id; empty for a step of a mailbox, which committees may share.</param>
/// <param name="Subject">
/// What it is about: an occurrence's start, a meeting's row, a motion, an outbox key, a week, a mailbox.
/// </param>
public sealed record Step(string Committee, StepKind Kind, string Subject)
{
    /// <summary>Something to do for a mailbox.</summary>
    /// <param name="mailbox">Its address.</param>
    public static Step OfMailbox(StepKind kind, string mailbox) => new("", kind, mailbox);
}
