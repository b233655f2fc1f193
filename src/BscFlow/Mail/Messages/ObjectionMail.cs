namespace BscFlow.Mail.Messages;

/// <summary>To the chair and the secretary: somebody finds something wrong in minutes that were sent round.</summary>
public sealed record ObjectionMail : Message
{
    private const int LongestText = 4000;

    public required MeetingFacts Meeting { get; init; }

    /// <summary>Name of who objects.</summary>
    public required string By { get; init; }

    /// <summary>What they wrote.</summary>
    public required string Objection { get; init; }

    /// <summary>Whether the minutes were published before it came.</summary>
    public required bool TooLate { get; init; }

    /// <summary>Where it is settled.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"Re: {Meeting.Title}";

    internal override Type Html => typeof(ObjectionMailHtml);

    internal string Opening => $"{By} answers the minutes of {Meeting.Named} on {Meeting.Day}:";

    internal string Quoted => string.IsNullOrWhiteSpace(Objection)
        ? "(Nothing was read in it. Look at the mail itself: at what is attached to it, and between the lines that it quotes.)"
        : CutText.To(Objection, LongestText);

    internal string Then => TooLate
        ? "The minutes were published before this came. If something is wrong in them, save them again with the correction."
        : "The minutes are not published until this is settled: save them with the correction if there is one, then mark the "
            + "mail as settled at the desk.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Verbatim(Quoted);
        text.Paragraph(Then);
        text.Link("The mails at the desk", Desk);
    }
}
