using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter who has not voted.</summary>
public sealed record VoteReminderMail : BallotMessage
{
    /// <summary>Whether this is the last reminder before the end.</summary>
    public required bool Last { get; init; }

    internal override Type Html => typeof(VoteReminderMailHtml);

    internal string Opening => Motion.Consensus
        ? $"You have said nothing to this yet. Without an objection it is carried on {Motion.Until}."
        : $"You have not voted on this yet. {(Last ? "It is the last reminder: the" : "The")} vote ends on {Motion.Until}.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        Motion.Write(text);
        WriteHowTo(text);
    }
}
