using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter whose mail could not be counted as a vote. Sent once for a motion.</summary>
public sealed record UnclearBallotMail : BallotMessage
{
    /// <summary>As <see cref="Ballots.BallotText.Unclear"/> says it: "its first line is not a vote and nothing else".</summary>
    public required string Reason { get; init; }

    /// <summary>The reader's vote that is counted all the same.</summary>
    public Ballot? Stands { get; init; }

    internal override Type Html => typeof(UnclearBallotMailHtml);

    internal string Opening => $"Your mail was not counted as a vote: {Reason}.";

    internal string Present => Stands is { } ballot
        ? $"Your vote of {Motion.Moment(ballot.Received)} still counts: {Motion.Said(ballot.Vote, ballot.Marks)}. "
            + "If that is what you want, there is nothing to do."
        : $"You have no vote that counts yet. The vote ends on {Motion.Until}.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Present);
        WriteHowTo(text);
    }
}
