namespace BscFlow.Mail;

/// <summary>Cuts what others wrote to a length that a row or a mail holds.</summary>
internal static class CutText
{
    /// <summary>The text, or as much of it as leaves room for an ellipsis; no character is cut in two.</summary>
    public static string To(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }

        var end = longest - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
