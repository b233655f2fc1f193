using System.Globalization;
using System.Text.Json;
using BscFlow.Votes.Ballots;

namespace BscFlow.Votes.Tallies;

/// <summary>Counts a published <c>tally.json</c> again, from its own ballots and by its own rule.</summary>
public abstract record Recount
{
    private Recount()
    {
    }

    /// <summary>SHA-256 of the file, hexadecimal, lower-case; null where it could not be read to its end.</summary>
    public string? FileHash { get; private init; }

    /// <summary>The file is whole, and the count in it is right.</summary>
    /// <param name="Frame">What stands in it but for the lines of its ballots.</param>
    public sealed record Holds(Tally Frame) : Recount;

    /// <summary>The file was changed, or its count is wrong.</summary>
    /// <param name="Faults">What is wrong, in words, at least one.</param>
    public sealed record Broken(IReadOnlyList<string> Faults) : Recount;

    /// <summary>
    /// Checks a file of any origin; never throws on its content. However many ballots it has, one at a time is held.
    /// </summary>
    /// <param name="file">Is read twice, so it can be set back to its beginning.</param>
    /// <param name="read">Is told of each ballot; null: nobody is.</param>
    public static async Task<Recount> OfAsync(Stream file, RecordsRead? read, CancellationToken cancellationToken)
    {
        try
        {
            var scan = await TallyScan.ReadAsync(file, cancellationToken);
            var faults = await new TallyCheck(scan.Frame, read).RunAsync(scan, file, cancellationToken);
            return faults.Count == 0
                ? new Holds(scan.Frame) { FileHash = scan.FileHash }
                : new Broken(faults) { FileHash = scan.FileHash };
        }
        catch (JsonException unreadable)
        {
            // The framework's own names the types of this program.
            return new Broken(
            [
                unreadable.Message.Contains(nameof(BscFlow), StringComparison.Ordinal)
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"it is no tally.json: see {unreadable.Path?.TrimStart('$', '.')} in line {unreadable.LineNumber + 1}")
                    : $"it cannot be read: {unreadable.Message}",
            ]);
        }
    }

    /// <summary>Finds the line of the sheet of a secret motion that a receipt's secret word made.</summary>
    /// <param name="file">One that holds.</param>
    /// <param name="word">As the voter types it.</param>
    /// <returns>What it says, in words; null when no line is made by the word.</returns>
    public static async Task<string?> FindLineAsync(Stream file, string word, CancellationToken cancellationToken)
    {
        var scan = await TallyScan.ReadAsync(file, cancellationToken);
        var secretWord = BallotReceipt.Read(word);
        await foreach (var line in scan.ReceiptsAsync(file, cancellationToken))
        {
            if (line.IsMadeBy(secretWord, scan.Frame.Version))
            {
                return scan.Frame.Said(line);
            }
        }

        return null;
    }
}
