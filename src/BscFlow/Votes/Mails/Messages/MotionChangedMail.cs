using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To each voter: there is more time, or the text was corrected before anybody voted on it.</summary>
public sealed record MotionChangedMail : BallotMessage
{
    public required bool Corrected { get; init; }

    /// <summary>The reader has voted, and the vote stands.</summary>
    public bool HasVoted { get; init; }

    internal override Type Html => typeof(MotionChangedMailHtml);

    internal string Opening => Corrected
        ? $"The text of this motion was corrected before anybody voted on it. Until {Motion.Until} the vote is on this:"
        : $"There is more time for this vote: it now ends on {Motion.Until}.";

    internal string? Stands => HasVoted ? "Your vote stands; you can change it until then." : null;

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (Stands is not null)
        {
            text.Paragraph(Stands);
        }

        Motion.Write(text);
        WriteHowTo(text);
    }
}
