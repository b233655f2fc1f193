using System.Diagnostics;
using System.Globalization;
using Azure;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Telemetry;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Opening;
using Microsoft.Extensions.Logging;

namespace BscFlow.Workflow;

/// <summary>Does what a queue message says, and then puts on the queue what has become due by it.</summary>
public sealed partial class StepRunner(
    CharterStore charters,
    DraftMeeting draftMeeting,
    SendAgenda sendAgenda,
    RemindMeeting remindMeeting,
    AskForMinutes askForMinutes,
    CirculateMinutes circulateMinutes,
    PublishMinutes publishMinutes,
    ProposeMotions proposeMotions,
    OfferMinutes offerMinutes,
    TellCancellation tellCancellation,
    RemindOwners remindOwners,
    RefreshSite refreshSite,
    CallForVotes callForVotes,
    RemindVoters remindVoters,
    CloseMotion closeMotion,
    TellVoters tellVoters,
    ForgetBallots forgetBallots,
    CallForNominations callForNominations,
    OpenNominated openNominated,
    SendMail sendMail,
    MailboxSteps mailboxSteps,
    TellOfFailedStep tellOfFailedStep,
    StepFailures failures,
    Clock clock,
    ILogger<StepRunner> log)
{
    /// <summary>Runs one step; safe to run again.</summary>
    /// <param name="message">As <see cref="StepMessage.Write"/> wrote it.</param>
    /// <exception cref="StepFailedException">It is to be tried again.</exception>
    public async Task RunAsync(string message, CancellationToken cancellationToken)
    {
        var known = StepMessage.Read(message);
        var step = known.Step;
        using var trace = Signals.Continue($"step {step.Kind}", known.Trace);
        trace?.SetTag("bscflow.committee", step.Committee);
        KeyValuePair<string, object?> kind = new("kind", step.Kind.ToString());
        if (known.Queued is { } queued)
        {
            Signals.QueueAge.Record(Math.Max((clock.Now - queued).TotalSeconds, 0), kind);
        }

        try
        {
            await RunAsync(step, cancellationToken);
            Signals.Steps.Add(1, kind, new("outcome", "done"));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            trace?.SetStatus(ActivityStatusCode.Error);
            Signals.Steps.Add(1, kind, new("outcome", "failed"));
            throw new StepFailedException(error);
        }
    }

    private async Task RunAsync(Step step, CancellationToken cancellationToken)
    {
        var subject = Signals.Anonymous(step.Subject);
        var mailbox = MailboxSteps.Does(step);
        var charter = mailbox ? null : await charters.FindAsync(step.Committee, cancellationToken);
        if (charter is null && !mailbox)
        {
            LogNoCommittee(step.Kind, step.Committee);
            return;
        }

        var whose = mailbox ? "a mailbox" : step.Committee;
        LogRunning(step.Kind, whose, subject);

        // Not by the app's clock: on one machine a person may move that meanwhile.
        var begun = Stopwatch.GetTimestamp();
        IReadOnlyCollection<string> changed = step.Kind == StepKind.SendMail ? [] : [step.Committee];
        try
        {
            if (charter is null)
            {
                changed = await mailboxSteps.RunAsync(step, cancellationToken);
            }
            else
            {
                await RunAsync(charter, step, cancellationToken);
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            await NoteAsync(step, error, cancellationToken);
            throw;
        }

        var took = Stopwatch.GetElapsedTime(begun);
        LogDone(step.Kind, whose, subject, took);
        foreach (var committee in changed)
        {
            await clock.TickAsync(committee, cancellationToken);
        }
    }

    /// <summary>How often a step is tried before it is given up; as in host.json.</summary>
    public const int Tries = 5;

    /// <summary>Tells the secretary of a step that was given up, and has the clock take its time with it.</summary>
    /// <param name="message">The poison message, as it came.</param>
    public async Task GiveUpAsync(string message, CancellationToken cancellationToken)
    {
        var step = StepMessage.Read(message).Step;
        var error = await failures.FindAsync(step, cancellationToken) ?? "No error was noted; see the log of the app.";
        if (MailboxSteps.Does(step))
        {
            await mailboxSteps.GiveUpAsync(step, error, cancellationToken);
            await failures.ForgetAsync(step, cancellationToken);
        }
        else if (await charters.FindAsync(step.Committee, cancellationToken) is { } charter)
        {
            await failures.GiveUpAsync(step, cancellationToken);
            await tellOfFailedStep.RunAsync(charter, step, Tries, error, cancellationToken);
        }
        else
        {
            await failures.ForgetAsync(step, cancellationToken);
        }
    }

    private Task RunAsync(Charter charter, Step step, CancellationToken cancellationToken) => step.Kind switch
    {
        StepKind.DraftMeeting => draftMeeting.RunAsync(charter, Keys.ParseInstant(step.Subject), cancellationToken),
        StepKind.SendAgenda => sendAgenda.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.RemindMeeting => remindMeeting.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.AskForMinutes => askForMinutes.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.CirculateMinutes => circulateMinutes.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.PublishMinutes => publishMinutes.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.ProposeMotions => proposeMotions.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.OfferMinutes => offerMinutes.RunAsync(charter, cancellationToken),
        StepKind.TellCancellation => tellCancellation.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.RemindOwners => remindOwners.RunAsync(charter, Monday(step.Subject), cancellationToken),
        StepKind.RefreshSite => refreshSite.RunAsync(charter, Keys.ParseInstant(step.Subject), cancellationToken),
        StepKind.CallForVotes => callForVotes.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.RemindVoters => remindVoters.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.CloseMotion => closeMotion.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.TellVoters => tellVoters.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.ForgetBallots => forgetBallots.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.CallForNominations => callForNominations.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.OpenNominated => openNominated.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.SendMail => sendMail.RunAsync(charter, step.Subject, cancellationToken),
        StepKind.LookAgain => Task.CompletedTask,
        _ => throw new InvalidOperationException($"Nobody does the step {step.Kind}."),
    };

    /// <summary>Where storage is what failed, the error cannot be noted either, and it is the step's own that counts.</summary>
    private async Task NoteAsync(Step step, Exception error, CancellationToken cancellationToken)
    {
        try
        {
            await failures.NoteAsync(step, error, cancellationToken);
        }
        catch (Exception alsoFailed) when (alsoFailed is RequestFailedException or AggregateException)
        {
            var subject = Signals.Anonymous(step.Subject);
            var why = ErrorWords.Of(alsoFailed);
            LogNotNoted(step.Kind, MailboxSteps.Does(step) ? "a mailbox" : step.Committee, subject, why);
        }
    }

    private static DateOnly Monday(string subject) => DateOnly.ParseExact(subject, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} for {Committee}: {Subject}")]
    private partial void LogRunning(StepKind kind, string committee, string subject);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Why {Kind} for {Committee} failed ({Subject}) could not be noted: {Error}")]
    private partial void LogNotNoted(StepKind kind, string committee, string subject, string error);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} for {Committee}: {Subject} is done after {Took}")]
    private partial void LogDone(StepKind kind, string committee, string subject, TimeSpan took);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A step {Kind} was dropped: there is no committee {Committee}")]
    private partial void LogNoCommittee(StepKind kind, string committee);
}
