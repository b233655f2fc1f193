namespace BscFlow.Votes.Ranked;

/// <summary>What a ballot says of one option: a rank from 1 (the best), a score from 0, or one of the two below.</summary>
/// <remarks>A ballot is a span with one mark an option, in the order of the options.</remarks>
public static class Mark
{
    /// <summary>The option counts in no pair of this ballot: the voter was recused, or said that they have no opinion.</summary>
    public const int NoOpinion = -1;

    /// <summary>Below all that the ballot ranks, and equal to all others that it does not rank.</summary>
    public const int Unranked = -2;

    /// <summary>The largest rank or score that is taken.</summary>
    public const int Largest = 1_000_000_000;
}
