namespace BscFlow.Votes.Mails;

/// <summary>
/// An electorate in the parts in which mails to it are queued. How far they are is noted after each, so that a step that was cut
/// off goes on there.
/// </summary>
internal static class ElectorateParts
{
    /// <summary>So many that the notes cost little, and so few that little is queued again.</summary>
    public const int Voters = 1_000;

    /// <summary>All but the last are of <see cref="Voters"/>.</summary>
    /// <param name="last">Id of the last voter of the last part that was noted; null: none was.</param>
    public static IEnumerable<Elector[]> After(IEnumerable<Elector> electors, string? last) =>
        (last is null ? electors : electors.SkipWhile(elector => elector.Id != last).Skip(1)).Chunk(Voters);
}
