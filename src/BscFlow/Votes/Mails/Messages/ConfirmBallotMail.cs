using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter's own address: their token was used from an address that is not theirs. Sent once for a motion.</summary>
public sealed record ConfirmBallotMail : BallotMessage
{
    /// <summary>The address that used the token.</summary>
    public required string From { get; init; }

    internal override Type Html => typeof(ConfirmBallotMailHtml);

    internal string Opening =>
        $"A mail from {From} tried to vote in your name. It was not counted, because the address is not yours.";

    internal const string IfYou =
        "If it was you, vote again from this address or on the page. If you write from that address often, ask the secretary to "
        + "enter it in the charter.";

    internal const string IfNot =
        "If it was not you, somebody has your mail about this vote, maybe because it was forwarded. Without access to this address "
        + "they cannot vote by mail; with the link to the page they can, so please do not forward these mails.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(IfYou);
        text.Paragraph(IfNot);
        WriteHowTo(text);
    }
}
