using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To each voter of a motion that was opened; the first mail of its thread.</summary>
public sealed record CallForVotesMail : BallotMessage
{
    public override string Subject => Motion.Subject;

    internal override Type Html => typeof(CallForVotesMailHtml);

    internal string Opening => Motion.Consensus
        ? $"The {Committee} is asked whether anybody objects to this, until {Motion.Until}."
        : $"The {Committee} votes on this until {Motion.Until}.";

    internal string Rule => Motion.Rule;

    internal const string Change = "If you change your mind, answer again: the latest vote before the deadline counts.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        Motion.Write(text);
        text.Paragraph(Rule);
        WriteHowTo(text);
        text.Paragraph(Change);
        text.Link("The motion's page", Motion.Page);
    }
}
