namespace BscFlow.Votes.Ranked.Files;

/// <summary>A file of ballots that cannot be counted as it is.</summary>
/// <param name="line">From 1; 0 where it is about the whole file.</param>
/// <param name="what">In words that follow the file's name and the line.</param>
public sealed class BallotFormatException(int line, string what) : FormatException(what)
{
    public int Line { get; } = line;
}
