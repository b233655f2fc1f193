namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>What a voter's words about options were taken for.</summary>
/// <remarks>
/// Whole or not at all: where one line cannot be read, nothing of the ballot counts, and the voter is asked with what was
/// understood.
/// </remarks>
public abstract record OptionBallot
{
    private OptionBallot()
    {
    }

    /// <summary>A ballot.</summary>
    /// <param name="Marks">One an option: see <see cref="Mark"/>. Yes is 1, no is 0, an abstention no opinion.</param>
    /// <param name="Assessments">What was written of each option, where something was; as long as the marks.</param>
    /// <param name="Comment">What was written below the ballot.</param>
    public sealed record Choice(IReadOnlyList<int> Marks, IReadOnlyList<string?> Assessments, string? Comment) : OptionBallot;

    /// <summary>Nothing that can be counted.</summary>
    /// <param name="Why">In words that can be sent to the voter.</param>
    /// <param name="Understood">What could be read, in the words of a receipt; null: nothing.</param>
    public sealed record Unclear(string Why, string? Understood) : OptionBallot;

    /// <summary>Reads what a person wrote.</summary>
    /// <param name="written">Only lines that are certainly theirs.</param>
    /// <param name="names">The options' names; the first also goes by A, the second by B, and so on.</param>
    /// <param name="most">The highest score.</param>
    public static OptionBallot Read(string written, BallotKind kind, IReadOnlyList<string> names, int most = 10)
    {
        var text = OptionText.Split(written);
        if (text.Lines.Count == 0)
        {
            return new Unclear("nothing was written above, below or between the quoted text", null);
        }

        var options = new OptionNames(names);
        var draft = new BallotDraft(kind, names, most);
        try
        {
            switch (kind)
            {
                case BallotKind.Ranked:
                    RankedText.Read(text.Lines, options, draft);
                    break;
                case BallotKind.Approval:
                    ApprovalText.Read(text.Lines, options, draft);
                    break;
                case BallotKind.Score:
                    return ScoreText.Read(text, options, draft);
                default:
                    YesNoText.Read(text.Lines, options, draft);
                    break;
            }
        }
        catch (UnclearBallotException unclear)
        {
            return new Unclear(unclear.Message, draft.Words);
        }

        return draft.Finish(text.Comment);
    }
}

/// <summary>A part of a ballot that has no one meaning.</summary>
/// <remarks>Thrown and caught within the reading of one ballot.</remarks>
/// <param name="why">In words that can be sent to the voter.</param>
internal sealed class UnclearBallotException(string why) : Exception(why);
