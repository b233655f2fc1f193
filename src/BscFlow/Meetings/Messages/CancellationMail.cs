using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>A meeting does not take place.</summary>
/// <remarks>Its subject leaves the thread on purpose: it must be seen without opening the mail.</remarks>
public sealed record CancellationMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    public string? Reason { get; init; }

    /// <summary>The next meeting that does take place, where the calendar has one.</summary>
    public MeetingFacts? Next { get; init; }

    public override string Subject => $"Cancelled: {Meeting.Title}";

    internal override Type Html => typeof(CancellationMailHtml);

    internal string Opening => $"Cancelled: {Meeting.Named} on {Meeting.Day}, {Meeting.Hours}.";

    internal const string Carried =
        "If it stood in your calendar, it is taken out there too. Action items and topics are carried to the next meeting.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (Reason is not null)
        {
            text.Paragraph($"Reason: {Reason}");
        }

        if (Next is not null)
        {
            text.Paragraph($"The next meeting: {Next.When}.");
        }

        text.Paragraph(Carried);
    }
}
