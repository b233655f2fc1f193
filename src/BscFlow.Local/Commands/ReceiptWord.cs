using System.CommandLine;
using BscFlow.Votes.Tallies;

namespace BscFlow.Local.Commands;

/// <summary>The secret word of a receipt, by which a voter finds the line of their ballot on a published sheet.</summary>
internal static class ReceiptWord
{
    public static Option<string?> Create() => new("--receipt")
    {
        Description = "Of a secret vote's tally.json: find the line that this secret word made.",
        HelpName = "WORD",
    };

    /// <summary>Says what the line of the word says.</summary>
    /// <param name="tally">One that holds.</param>
    /// <param name="where">What the person calls it.</param>
    /// <returns>False when there is none, and nothing was said.</returns>
    public static async Task<bool> FindAsync(
        string word, Stream tally, string where, TextWriter output, CancellationToken cancellationToken)
    {
        var said = await Recount.FindLineAsync(tally, word, cancellationToken);
        if (said is not null)
        {
            await output.WriteLineAsync($"{where}: your ballot is on it: {said}");
        }

        return said is not null;
    }
}
