namespace BscFlow.Mail;

/// <summary>
/// Takes what a person wrote out of a mail: without quotes, attributions, header blocks, signatures, phones' lines and lists' footers.
/// </summary>
/// <remarks>Pure, and linear in the length of the mail whatever stands in it.</remarks>
public static class ReplyText
{
    /// <summary>What was written in a plain text body.</summary>
    public static Reply Read(string text) => ReplyCut.Of(text);

    /// <summary>Text of the reply: see <see cref="Reply.Text"/>.</summary>
    public static string Extract(string text) => Read(text).Text;

    /// <summary>First line of the reply, trimmed; empty when nothing was written.</summary>
    public static string FirstLine(string text) => Read(text).FirstLine;
}
