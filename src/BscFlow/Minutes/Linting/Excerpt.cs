namespace BscFlow.Minutes.Linting;

/// <summary>The start of a longer text, for a message.</summary>
internal static class Excerpt
{
    private const int Longest = 60;

    public static string Of(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= Longest)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', Longest);
        return $"{line[..(cut > 0 ? cut : Longest)]} …";
    }
}
