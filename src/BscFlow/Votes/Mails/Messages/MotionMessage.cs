using BscFlow.Mail.Messages;
using BscFlow.Votes.Options;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>A mail about a motion. All of them stand in one thread.</summary>
public abstract record MotionMessage : Message
{
    public required MotionFacts Motion { get; init; }

    public override string Subject => $"Re: {Motion.Subject}";
}

/// <summary>A mail about a motion to one of its voters, who may answer it with a vote.</summary>
public abstract record BallotMessage : MotionMessage
{
    /// <summary>The page on which this voter votes, and nobody else.</summary>
    public required Uri Ballot { get; init; }

    /// <summary>Names of the options in which the reader takes no part.</summary>
    public IReadOnlyList<string> Recused { get; init; } = [];

    internal string? NoPart => Recused.Count switch
    {
        0 => null,
        1 => $"You take no part in {Recused[0]}: what you say of it counts for nothing.",
        _ => $"You take no part in {string.Join(", ", Recused.SkipLast(1))} and {Recused[^1]}: "
            + "what you say of them counts for nothing.",
    };

    internal IReadOnlyList<string> Words =>
        Motion.Options is { } options ? OptionWords.Forms(options, Motion.Secret) : Motion.Consensus
        ?
        [
            "objection, and below it your reason: then it is not carried",
            "+1 or yes: you support it",
            "0 or abstain: you take part and take no side",
        ]
        :
        [
            "+1 or yes: you are for it",
            "-1 or no: you are against it",
            "0 or abstain: you take part and take no side",
        ];

    internal string Answer => Motion.Options is null
        ? "Answer this mail. The first line must be one of these and nothing else:"
        : "Answer this mail with your ballot, by letters or by names, and below a blank line whatever you want to add:";

    internal string Below => Motion.Secret
        ? "The vote is secret: the numbers are published and a sheet on which only you can find your line; your mail is not kept."
        : "What you write below it is kept and published with your vote.";

    internal string PageLabel => Motion.Consensus ? "Or answer on a page" : "Or vote on a page";

    private protected void WriteHowTo(TextBody text)
    {
        text.Paragraph(Answer);
        text.Gap();
        foreach (var word in Words)
        {
            text.Bullet(word);
        }

        if (NoPart is not null)
        {
            text.Paragraph(NoPart);
        }

        text.Paragraph(Below);
        text.Link(PageLabel, Ballot);
    }
}
