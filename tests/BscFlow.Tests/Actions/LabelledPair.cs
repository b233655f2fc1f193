namespace BscFlow.Tests.Actions;

/// <summary>An item as one meeting states it, what the next one states, and whether a person says they are one task.</summary>
/// <param name="Back">How the later statement looks back: carried, done, or not at all (-).</param>
public sealed record LabelledPair(bool Same, string Back, string Owners, string Text, string LaterOwners, string LaterText)
{
    /// <summary>
    /// Labelled by hand; the last 24 were written after the thresholds were set on the others. Owners are separated by commas;
    /// a hyphen is nobody.
    /// </summary>
    public static IReadOnlyList<LabelledPair> ReadAll() =>
        [.. File.ReadLines(Repository.PathOf("tests/BscFlow.Tests/Actions/labelled-pairs.txt")).Select(Read)];

    private static LabelledPair Read(string line)
    {
        string[] parts = [.. line.Split('|', StringSplitOptions.TrimEntries)];
        return new LabelledPair(parts[0] == "same", parts[1], parts[2], parts[3], parts[4], parts[5]);
    }

    public override string ToString() => $"{(Same ? "same" : "other")} {Back}: {Owners}: {Text} | {LaterOwners}: {LaterText}";
}
