using System.Globalization;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Workflow.Messages;

namespace BscFlow.Workflow;

/// <summary>Writes to the secretaries that a step was tried as often as it may be, and given up.</summary>
public sealed class TellOfFailedStep(TellSecretary tellSecretary, StepQueue queue, SiteLinks links, TimeProvider clock)
{
    /// <summary>
    /// Told once a day as long as it lasts, in a mail that leaves at once. Of what a mailbox does not do it is told once
    /// whichever mail it was: a mail about each would wait as they do, and bring about the next.
    /// </summary>
    public async Task RunAsync(Charter charter, Step step, int failures, string lastError, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var about = step.Kind is StepKind.SendMail ? charter.Mailbox : step.Subject;
        var added = await tellSecretary.RunAsync(
            charter,
            "failed",
            string.Create(CultureInfo.InvariantCulture, $"{step.Kind}|{about}|{now:yyyyMMdd}"),
            reader => new StepFailedMail
            {
                Reader = reader,
                Committee = charter.Name,
                Step = step.Kind,
                StepSubject = step.Subject,
                Failures = failures,
                LastTried = now,
                LastError = lastError,
                Desk = links.Desk(charter),
            },
            cancellationToken);
        await Task.WhenAll(added.Select(key => queue.AddAsync(new Step(charter.Id, StepKind.SendMail, key), cancellationToken)));
    }
}
