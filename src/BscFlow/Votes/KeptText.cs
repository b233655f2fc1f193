using System.Text;

namespace BscFlow.Votes;

/// <summary>What a voter wrote, as it can be kept: not too long, and nothing in it that is no text.</summary>
internal static class KeptText
{
    /// <param name="size">Of a character; null: how many UTF-16 units it has.</param>
    /// <returns>With an ellipsis where it was cut; null where nothing is left.</returns>
    public static string? Of(string? written, int longest, Func<Rune, int>? size = null)
    {
        StringBuilder text = new();
        var (taken, cut) = (0, 0);
        foreach (var rune in (written ?? "").ReplaceLineEndings("\n").Trim().EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\t'))
            {
                continue;
            }

            taken += size?.Invoke(rune) ?? rune.Utf16SequenceLength;
            if (taken > longest)
            {
                return text.ToString(0, cut) + "…";
            }

            text.Append(rune);
            cut = taken < longest ? text.Length : cut;
        }

        return text.ToString().Trim() is { Length: > 0 } kept ? kept : null;
    }
}
