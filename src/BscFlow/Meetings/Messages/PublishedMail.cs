using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>The minutes are public now.</summary>
public sealed record PublishedMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    public required Uri Page { get; init; }

    public override string Subject => $"Minutes published: {Meeting.Title}";

    internal override Type Html => typeof(PublishedMailHtml);

    internal string Opening => $"The minutes of {Meeting.Named} on {Meeting.Day} are published.";

    internal const string Late = "If you find a mistake in them, reply to this mail. There is nothing else to do.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Link("The minutes", Page);
        text.Paragraph(Late);
    }
}
