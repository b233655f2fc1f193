using System.Text.RegularExpressions;

namespace BscFlow.Minutes;

/// <summary>A meeting that began with a quorum and lost it: what was decided until then stands.</summary>
public static partial class QuorumLoss
{
    /// <summary>Line, in the text, that says so ("- Quorum lost: Joe left"); null when none does.</summary>
    /// <param name="text">The minutes of one meeting.</param>
    public static int? Find(string text) =>
        Statement().Match(text) is { Success: true } match ? text.AsSpan(0, match.Index).Count('\n') + 1 : null;

    /// <summary>Whether a statement about the quorum says that it was there first.</summary>
    public static bool Says(QuorumStatement statement) => Statement().IsMatch(statement.Text);

    [GeneratedRegex(@"^[ \t]*(?:[-*+][ \t]+)?\**quorum (?:was |is |has been )?lost\b", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Statement();
}
