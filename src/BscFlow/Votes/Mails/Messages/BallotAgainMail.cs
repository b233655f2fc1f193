using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter who asked on their page for their ballot.</summary>
public sealed record BallotAgainMail : BallotMessage
{
    internal override Type Html => typeof(BallotAgainMailHtml);

    internal string Opening =>
        $"Here is your ballot, as you asked on your page. The vote ends on {Motion.Until}. Until then the latest of your votes counts.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        Motion.Write(text);
        WriteHowTo(text);
    }
}
