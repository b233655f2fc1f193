namespace BscFlow.Votes.Ranked.Ballots;

/// <summary>A ballot while it is read: each option is marked once.</summary>
internal sealed class BallotDraft
{
    private const int Open = int.MinValue;

    private readonly BallotKind _kind;
    private readonly IReadOnlyList<string> _names;
    private readonly int _most;
    private readonly int[] _marks;

    public BallotDraft(BallotKind kind, IReadOnlyList<string> names, int most)
    {
        (_kind, _names, _most) = (kind, names, most);
        _marks = new int[names.Count];
        Array.Fill(_marks, Open);
        Assessments = new string?[names.Count];
    }

    public string?[] Assessments { get; }

    /// <summary>The highest score.</summary>
    public int Most => _most;

    public bool IsMarked(int option) => _marks[option] != Open;

    /// <summary>What was read so far, in words; null: nothing.</summary>
    public string? Words => _marks.All(mark => mark == Open) ? null : BallotWriting.Of(_kind, _names, Filled());

    /// <exception cref="UnclearBallotException">The option is marked, or the score is too high.</exception>
    public void Set(int option, int mark)
    {
        if (IsMarked(option) && _marks[option] != mark)
        {
            throw new UnclearBallotException($"it says two things of {_names[option]}");
        }

        if (_kind == BallotKind.Score && mark > _most)
        {
            throw new UnclearBallotException(
                $"it gives {_names[option]} {mark}, and scores go from 0 to {_most}");
        }

        _marks[option] = mark;
    }

    public OptionBallot.Choice Finish(string? comment) => new(Filled(), [.. Assessments.Select(text => text?.Trim())], comment);

    /// <summary>Options of which nothing is said: not approved, or below all that are ranked, or no opinion.</summary>
    private int[] Filled()
    {
        var rest = _kind switch
        {
            BallotKind.Ranked => Mark.Unranked,
            BallotKind.Approval => 0,
            _ => Mark.NoOpinion,
        };
        return [.. _marks.Select(mark => mark == Open ? rest : mark)];
    }
}
