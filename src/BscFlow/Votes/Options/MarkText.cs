using System.Globalization;
using System.Text;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Options;

/// <summary>
/// The marks of a ballot as they are stored and published: <c>2,1,-,?</c>; <c>-</c> is unranked, <c>?</c> no opinion.
/// </summary>
public static class MarkText
{
    /// <summary>Characters of a mark and the comma behind it.</summary>
    internal const int LongestMark = 11;

    public static string Write(ReadOnlySpan<int> marks)
    {
        Span<byte> text = marks.Length <= BallotCount.MostOptions
            ? stackalloc byte[BallotCount.MostOptions * LongestMark]
            : new byte[marks.Length * LongestMark];
        return Encoding.ASCII.GetString(text[..Write(marks, text)]);
    }

    /// <param name="text">Takes it; has room for <see cref="LongestMark"/> bytes a mark.</param>
    /// <returns>How many bytes it is.</returns>
    internal static int Write(ReadOnlySpan<int> marks, Span<byte> text)
    {
        var at = 0;
        foreach (var mark in marks)
        {
            if (at > 0)
            {
                text[at++] = (byte)',';
            }

            if (mark is Mark.Unranked or Mark.NoOpinion)
            {
                text[at++] = mark == Mark.Unranked ? (byte)'-' : (byte)'?';
            }
            else
            {
                mark.TryFormat(text[at..], out var written, provider: CultureInfo.InvariantCulture);
                at += written;
            }
        }

        return at;
    }

    /// <returns>Null when it is no such text.</returns>
    public static int[]? Read(string text)
    {
        var marks = new int[text.AsSpan().Count(',') + 1];
        var option = 0;
        foreach (var range in text.AsSpan().Split(','))
        {
            var part = text.AsSpan(range);
            int? mark = part switch
            {
                "-" => Mark.Unranked,
                "?" => Mark.NoOpinion,
                _ when int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number <= Mark.Largest => number,
                _ => null,
            };
            if (mark is not { } read)
            {
                return null;
            }

            marks[option++] = read;
        }

        return marks;
    }
}
