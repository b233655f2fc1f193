using System.Globalization;
using BscFlow.Committee;
using BscFlow.Votes;

namespace BscFlow.Web;

/// <summary>What a person types into a field of a form, or a program sends in its place.</summary>
internal static class TypedText
{
    /// <summary>Characters of a line: more than any agenda item or reason that is read aloud.</summary>
    public const int LongestLine = 500;

    /// <summary>One line of text without control characters; false when there is none or it is too long.</summary>
    public static bool TryReadLine(string? sent, out string line)
    {
        line = (sent ?? "").Trim();
        return line.Length is > 0 and <= LongestLine && !line.Any(char.IsControl);
    }

    /// <summary>The same where nothing need be said.</summary>
    /// <param name="line">Null where nothing is.</param>
    public static bool TryReadOptionalLine(string? sent, out string? line)
    {
        line = null;
        if (string.IsNullOrWhiteSpace(sent))
        {
            return true;
        }

        var isLine = TryReadLine(sent, out var read);
        line = isLine ? read : null;
        return isLine;
    }

    /// <summary>A vote in one word or sign, as a mail may say it: <c>for</c>, <c>against</c>, <c>abstain</c>, <c>+1</c>.</summary>
    public static bool TryReadVote(string? sent, out Vote vote)
    {
        var read = sent is null ? null : BallotWords.VoteOf(BallotWords.Plain(sent));
        vote = read ?? default;
        return read is not null;
    }

    /// <summary>A moment with its offset, or a wall-clock time in the committee's zone.</summary>
    public static bool TryReadMoment(Charter charter, string? sent, out DateTimeOffset moment)
    {
        if (!DateTime.TryParse(sent, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var wallClock))
        {
            moment = default;
            return false;
        }

        moment = wallClock.Kind == DateTimeKind.Unspecified
            ? charter.Zone().At(wallClock)
            : DateTimeOffset.Parse(sent!, CultureInfo.InvariantCulture);
        return true;
    }
}
