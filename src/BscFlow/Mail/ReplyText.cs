using MimeKit;

namespace BscFlow.Mail;

/// <summary>
/// Takes what a person wrote out of a mail: without quotes, attributions, header blocks, signatures, phones' lines and lists'
/// footers.
/// </summary>
/// <remarks>Pure, and linear in the length of the mail whatever stands in it.</remarks>
public static class ReplyText
{
    /// <summary>What was written in a plain text body.</summary>
    public static Reply Read(string text) => ReplyCut.Of(text);

    /// <summary>What was written in a mail: read from its text part, or from its HTML where it has no text.</summary>
    public static Reply Read(MimeMessage message) => ReplyCut.Of(MailBody.TextOf(message));

    /// <summary>Text of the reply: see <see cref="Reply.Text"/>.</summary>
    public static string Extract(string text) => Read(text).Text;

    /// <inheritdoc cref="Extract(string)"/>
    public static string Extract(MimeMessage message) => Read(message).Text;

    /// <summary>Text of the reply in a file.</summary>
    /// <param name="file">A mail as it came over the wire (<c>.eml</c>), or the text of one in UTF-8.</param>
    /// <param name="isMime">Whether it is a mail; otherwise all of it is a text body.</param>
    /// <exception cref="FormatException">The file has no mail's headers.</exception>
    public static string ExtractFile(ReadOnlySpan<byte> file, bool isMime)
    {
        if (!isMime)
        {
            return Extract(MailBody.Decode(file, charset: null));
        }

        using MemoryStream stream = new(file.ToArray(), writable: false);
        using MimeMessage message = MimeMessage.Load(stream);
        return Extract(message);
    }
}
