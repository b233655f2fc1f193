using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>Somebody else is in the chair than the agenda said: to who takes it over, and to who had it.</summary>
public sealed record ChairChangedMail : Message
{
    /// <summary>With the new chair.</summary>
    public required MeetingFacts Meeting { get; init; }

    /// <summary>The reader is the new chair.</summary>
    public required bool InTheChair { get; init; }

    public required Uri Page { get; init; }

    public override string Subject => $"Another chair: {Meeting.Title}";

    internal override Type Html => typeof(ChairChangedMailHtml);

    internal string Opening => InTheChair
        ? $"You are now in the chair of {Meeting.Named}."
        : $"You are no longer in the chair of {Meeting.Named}.";

    internal string Chair => InTheChair ? $"{Reader.Name} (you)" : Meeting.ChairOrNobody;

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        Meeting.Write(text, Chair);
        if (InTheChair)
        {
            text.Paragraph(AgendaMail.IfYouCannot);
        }

        text.Link("The meeting's page, with its agenda", Page);
    }
}
