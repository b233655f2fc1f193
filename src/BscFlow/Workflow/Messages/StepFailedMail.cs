using System.Globalization;
using BscFlow.Mail;
using BscFlow.Mail.Messages;

namespace BscFlow.Workflow.Messages;

/// <summary>To the secretary: a step failed so often that somebody should look.</summary>
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

    /// <summary>Where it is seen how the step stands.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"{Committee}: {FailedStep.Missing(Step)} (needs you)";

    internal override Type Html => typeof(StepFailedMailHtml);

    internal string Opening => $"Something went wrong: {FailedStep.Missing(Step)}.";

    internal string Tries => string.Create(
        CultureInfo.InvariantCulture,
        $"The step {Step} for \"{StepSubject}\" failed {Failures} times, last on "
        + $"{LastTried.UtcDateTime:d MMM yyyy 'at' HH:mm} UTC. The last error was:");

    internal string Error => CutText.To(LastError, LongestError);

    /// <summary>A mailbox is shared, and no committee's desk starts a step of it.</summary>
    internal string Repeat => MailboxSteps.Does(Step)
        ? "Put the cause right. The step is tried again by itself until then, and this mail comes once a day meanwhile."
        : "Put the cause right. The step is tried again by itself for as long as it is of use, and the desk has a button that does it "
            + "at once. That is safe: what it did already is not done twice.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Tries);
        text.Verbatim(Error);
        text.Paragraph(Repeat);
        text.Link("The desk", Desk);
    }
}
