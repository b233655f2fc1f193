using System.Globalization;
using BscFlow.Workflow;

namespace BscFlow.Mail.Messages;

/// <summary>To the secretary: a step failed so often that it is no longer tried.</summary>
public sealed record StepFailedMail : Message
{
    private const int LongestError = 2000;

    public required StepKind Step { get; init; }

    /// <summary>What the step was about, as in <see cref="Workflow.Step.Subject"/>.</summary>
    public required string StepSubject { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Failures { get; init; }

    public required DateTimeOffset LastTried { get; init; }

    public required string LastError { get; init; }

    /// <summary>Where the step can be started again.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"{Committee}: {Missing} (needs you)";

    internal override Type Html => typeof(StepFailedMailHtml);

    internal string Opening => $"Something went wrong: {Missing}.";

    internal string Tries => string.Create(
        CultureInfo.InvariantCulture,
        $"The step {Step} for \"{StepSubject}\" failed {Failures} times, last on "
        + $"{LastTried.UtcDateTime:d MMM yyyy 'at' HH:mm} UTC, and is not tried again by itself. The last error was:");

    internal string Error => LastError.Length > LongestError ? LastError[..LongestError] + " ..." : LastError;

    internal const string Repeat =
        "Put the cause right, then start the step again at the desk. That is safe: what it did already is not done twice.";

    /// <summary>What the committee goes without until the step is done.</summary>
    private string Missing => Step switch
    {
        StepKind.DraftMeeting => "the next meeting has no draft",
        StepKind.SendAgenda => "the agenda was not sent",
        StepKind.RemindMeeting => "the reminder was not sent",
        StepKind.AskForMinutes => "the chair was not asked for the minutes",
        StepKind.CirculateMinutes => "the minutes were not circulated",
        StepKind.PublishMinutes => "the minutes were not published",
        StepKind.ProposeMotions => "the chair was not told which votes the minutes ask for",
        StepKind.TellCancellation => "the members were not told of a cancellation",
        StepKind.RemindOwners => "the owners of action items were not reminded",
        StepKind.RefreshSite => "the public pages tell of an earlier day",
        StepKind.CallForVotes => "the members were not called to vote",
        StepKind.RemindVoters => "the members were not reminded to vote",
        StepKind.CloseMotion => "a vote was not counted",
        StepKind.TellVoters => "the members were not told what became of a motion",
        StepKind.SendMail => "a mail was not sent",
        StepKind.CollectMail or StepKind.CollectMailAnew => "incoming mail is not read",
        StepKind.RenewSubscription => "new mail is noticed late",
        _ => "a step was not done",
    };

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Tries);
        text.Verbatim(Error);
        text.Paragraph(Repeat);
        text.Link("The desk", Desk);
    }
}
