using BscFlow.Mail;

namespace BscFlow.Votes.Ballots;

/// <summary>What a voter's words were taken for.</summary>
/// <remarks>
/// The first line that the person wrote must be the ballot and nothing else. Whatever could be read in two ways is unclear and is
/// answered once; a wrong count is worse than a question.
/// </remarks>
public abstract record BallotText
{
    private BallotText()
    {
    }

    /// <summary>A vote, and what the person wrote below it.</summary>
    public sealed record Choice(Vote Vote, string? Comment) : BallotText;

    /// <summary>An objection to a consensus motion. It has a reason, or it would be unclear.</summary>
    public sealed record Objection(string Reason) : BallotText;

    /// <summary>Nothing that can be counted.</summary>
    /// <param name="Why">In words that can be sent to the voter.</param>
    public sealed record Unclear(string Why) : BallotText;

    /// <summary>Reads the answer to a motion that is voted on.</summary>
    public static BallotText Read(Reply reply)
    {
        var (first, comment) = Split(reply.Written);
        return VoteOf(first, comment, consensus: false);
    }

    /// <summary>Reads the answer to a consensus motion: an objection with its reason, or a word of support.</summary>
    public static BallotText ReadConsensus(Reply reply)
    {
        var (first, comment) = Split(reply.Written);
        var plain = PlainLine.Of(first);
        if (BallotWords.IsObjection(plain) || BallotWords.VoteOf(plain) is Vote.Against)
        {
            return comment is null ? new Unclear("an objection needs its reason, written below it")
                : HasOtherVote(comment, Vote.Against) ? TwoVotes
                : new Objection(comment.Trim());
        }

        // "Objection: the date is wrong" says both on one line.
        var colon = first.AsSpan().IndexOfAny(':', '：');
        if (colon > 0 && BallotWords.IsObjection(PlainLine.Of(first.AsSpan(0, colon))))
        {
            var reason = $"{first[(colon + 1)..].Trim()}\n{comment}".Trim();
            return reason.Length == 0 ? new Unclear("an objection needs its reason")
                : HasOtherVote(comment, Vote.Against) ? TwoVotes
                : new Objection(reason);
        }

        return VoteOf(first, comment, consensus: true);
    }

    private static Unclear TwoVotes => new("it holds two votes that differ");

    private static BallotText VoteOf(string first, string? comment, bool consensus)
    {
        if (first.Length == 0)
        {
            return new Unclear("nothing was written above, below or between the quoted text");
        }

        if (BallotWords.VoteOf(PlainLine.Of(first)) is not { } vote)
        {
            var wanted = consensus ? "word of support or an objection" : "vote";
            return new Unclear($"its first line is not a {wanted} and nothing else");
        }

        return comment is null ? new Choice(vote, null)
            : GoesOn(first, comment) ? new Unclear("the sentence goes on below the vote")
            : BallotWords.StartsWithCondition(comment) ? new Unclear("it makes a condition below the vote")
            : HasOtherVote(comment, vote) ? TwoVotes
            : new Choice(vote, comment.Trim());
    }

    /// <summary>The first written line, and all below it; the blank line between them is kept for <see cref="GoesOn"/>.</summary>
    private static (string First, string? Comment) Split(string written)
    {
        var text = written.Trim();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (text, null) : (text[..end].Trim(), text[(end + 1)..].TrimEnd());
    }

    /// <summary>"Yes" with "but only if ..." on the next line is one sentence that was wrapped.</summary>
    private static bool GoesOn(string first, string comment) =>
        first is not [.., '.' or '!' or '。' or '！'] && char.IsLower(comment.AsSpan().TrimStart(' ') is [var c, ..] ? c : '\n');

    private static bool HasOtherVote(string? comment, Vote vote)
    {
        foreach (var line in comment.AsSpan().EnumerateLines())
        {
            if (BallotWords.VoteOf(PlainLine.Of(line)) is { } other && other != vote)
            {
                return true;
            }
        }

        return false;
    }
}
