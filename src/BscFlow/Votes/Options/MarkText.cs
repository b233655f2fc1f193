using System.Globalization;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Options;

/// <summary>
/// The marks of a ballot as they are stored and published: <c>2,1,-,?</c>; <c>-</c> is unranked, <c>?</c> no opinion.
/// </summary>
public static class MarkText
{
    public static string Write(IReadOnlyList<int> marks) => string.Join(',', marks.Select(mark => mark switch
    {
        Mark.Unranked => "-",
        Mark.NoOpinion => "?",
        _ => mark.ToString(CultureInfo.InvariantCulture),
    }));

    /// <returns>Null when it is no such text.</returns>
    public static IReadOnlyList<int>? Read(string text)
    {
        List<int> marks = [];
        foreach (var part in text.Split(','))
        {
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

            marks.Add(read);
        }

        return marks;
    }
}
