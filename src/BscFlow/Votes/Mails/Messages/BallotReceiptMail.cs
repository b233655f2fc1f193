using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter: what was counted, what it replaced, and until when it can be changed.</summary>
public sealed record BallotReceiptMail : BallotMessage
{
    public required Recorded Recorded { get; init; }

    /// <summary>Name of who voted in the reader's place.</summary>
    public string? Proxy { get; init; }

    /// <summary>On a secret motion: the word that is the reader's alone.</summary>
    public string? SecretWord { get; init; }

    /// <summary>
    /// On a secret motion: how the reader's line of the sheet begins, if this ballot stays; null where it does not count.
    /// </summary>
    public string? Line { get; init; }

    /// <summary>The vote is over by now.</summary>
    public bool Over { get; init; }

    internal override Type Html => typeof(BallotReceiptMailHtml);

    internal string Counted => Recorded.Counts
        ? $"Your vote is counted: {Said(Recorded.Ballot.Vote, Recorded.Ballot.Marks)}."
        : $"This vote of yours is not counted: {Said(Recorded.Ballot.Vote, Recorded.Ballot.Marks)}.";

    internal string How => $"{Source} {Motion.Moment(Recorded.Ballot.Received)}.";

    internal string? Other => Recorded.Other is not { } other ? null
        : Recorded.Counts ? $"It replaces your vote of {Motion.Moment(other.Received)}{Said(other)}."
        : other.Received == Recorded.Ballot.Received ? $"Another vote of yours came at the same moment and stands{Said(other)}."
        : $"Your vote of {Motion.Moment(other.Received)} was received later and stands{Said(other)}.";

    internal string? Comment => Recorded.Ballot.Comment;

    internal string CommentLabel => $"{Proxy ?? "You"} wrote"
        + (!Recorded.Counts ? "" : Motion.Secret ? ", and it is not published" : ", and it is published with your vote");

    internal string? Sheet => SecretWord is null ? null
        : $"The vote is secret. Your secret word is {SecretWord}; nobody else has it, so keep this mail. "
            + (Line is null ? "The page of the result, with a line for each ballot, finds yours by this word."
                : $"Your line on the sheet that is published with the result begins with {Line}, and the page on which it stands finds it "
                    + "by your secret word.");

    internal string Change =>
        Over ? "The vote is over by now." : $"You can change it until {Motion.Until}: answer this mail, or use the page.";

    private string Source => (Recorded.Ballot.Source, Proxy) switch
    {
        (_, { } proxy) => $"{proxy} cast it in your place, received on",
        (BallotSource.Page, _) => "You cast it on the page on",
        (BallotSource.Room, _) => "The secretary entered it; you said it in the room on",
        (BallotSource.Phone, _) => "The secretary entered it; you said it on the phone on",
        _ => "Your mail was received on",
    };

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Counted);
        text.Paragraph(How);
        if (NoPart is not null)
        {
            text.Paragraph(NoPart);
        }

        if (Other is not null)
        {
            text.Paragraph(Other);
        }

        if (Comment is not null)
        {
            text.Paragraph($"{CommentLabel}:");
            text.Verbatim(Comment);
        }

        if (Sheet is not null)
        {
            text.Paragraph(Sheet);
        }

        text.Paragraph(Change);
        text.Link("The page", Ballot);
    }

    private string Said(OtherBallot other) => other.Vote is { } vote ? $": {Said(vote, other.Marks)}" : "";

    private string Said(Vote vote, string? marks) => Motion.Said(vote, marks);
}
