using BscFlow.Mail;
using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

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

    /// <summary>
    /// Where the minutes can be corrected; once they are public, and the reader is no secretary, where they stand.
    /// </summary>
    public required Uri Minutes { get; init; }

    /// <summary>Where a secretary settles it; null for the chair, who has no desk.</summary>
    public Uri? Desk { get; init; }

    public override string Subject => $"Objection to the minutes: {Meeting.Title}";

    internal override Type Html => typeof(ObjectionMailHtml);

    internal string Opening => $"{By} answers the minutes of {Meeting.Named} on {Meeting.Day}:";

    internal string Quoted => string.IsNullOrWhiteSpace(Objection)
        ? "(Nothing was read in it. Look at the mail itself: at what is attached to it, and between the lines that it quotes.)"
        : CutText.To(Objection, LongestText);

    internal string Then => (TooLate, Desk) switch
    {
        (true, null) =>
            "The minutes were published before this came. If something is wrong in them, tell the secretary what is right.",
        (true, _) =>
            "The minutes were published before this came. If something is wrong in them, save them again with the correction.",
        (false, null) => "The minutes are not published until this is settled. If something is wrong in them, correct them; the secretary "
            + "then settles it.",
        _ => "The minutes are not published until this is settled: save them with the correction if there is one, then mark the "
            + "mail as settled at the desk.",
    };

    internal string MinutesLabel => TooLate && Desk is null ? "The minutes" : "Correct the minutes";

    internal const string DeskLabel = "The mails at the desk";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Verbatim(Quoted);
        text.Paragraph(Then);
        text.Link(MinutesLabel, Minutes);
        if (Desk is not null)
        {
            text.Link(DeskLabel, Desk);
        }
    }
}
