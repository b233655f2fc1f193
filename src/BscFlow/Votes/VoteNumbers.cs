namespace BscFlow.Votes;

/// <summary>Adds up votes as they come.</summary>
public record struct VoteNumbers
{
    public int For { get; private set; }

    public int Against { get; private set; }

    public int Abstained { get; private set; }

    public void Add(Vote vote)
    {
        switch (vote)
        {
            case Vote.For:
                For++;
                break;
            case Vote.Against:
                Against++;
                break;
            default:
                Abstained++;
                break;
        }
    }

    /// <param name="present">How many members were at the meeting, where it was decided in one.</param>
    public readonly Count Of(Electorate electorate, int? present = null) => new()
    {
        For = For,
        Against = Against,
        Abstained = Abstained,
        Members = electorate.Count,
        Asked = electorate.Size,
        Present = present,
    };
}
