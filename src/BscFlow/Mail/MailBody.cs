using System.Text;
using MimeKit;

namespace BscFlow.Mail;

/// <summary>Finds the text of a mail among its parts and decodes it, whatever its sender's client declared.</summary>
internal static class MailBody
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Mail comes in the encodings of thirty years; .NET knows few of them until they are registered.
    static MailBody() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>The text of a mail; made from the HTML where there is none, or a blank one. Empty when it has neither.</summary>
    /// <remarks>
    /// The first part in which something stands says what the body is: text beside a body of HTML is what a gateway or a list put
    /// there. Each part is decoded once, however deep it lies.
    /// </remarks>
    public static string TextOf(MimeMessage message)
    {
        List<Piece> pieces = [];
        Collect(message.Body, pieces);
        if (pieces.FirstOrDefault(piece => !piece.IsBlank) is not { } first)
        {
            return Join(pieces.Where(piece => !piece.IsHtml));
        }

        var body = Join(pieces.Where(piece => piece.IsHtml == first.IsHtml));
        return first.IsHtml ? HtmlText.Of(body) : body;
    }

    private static void Collect(MimeEntity? entity, List<Piece> pieces)
    {
        switch (entity)
        {
            case MultipartAlternative alternative:
                var start = pieces.Count;
                foreach (MimeEntity part in alternative)
                {
                    Collect(part, pieces);
                }

                TakeOne(pieces, start);
                break;

            // What follows a report's first part is for machines; what follows a signed part is its signature.
            case Multipart multipart when multipart.ContentType.IsMimeType("multipart", "report")
                || multipart.ContentType.IsMimeType("multipart", "signed"):
                Collect(multipart.FirstOrDefault(), pieces);
                break;
            case Multipart multipart:
                foreach (MimeEntity part in multipart)
                {
                    Collect(part, pieces);
                }

                break;
            case TextPart { IsAttachment: false, IsPlain: true } text:
                pieces.Add(new(IsHtml: false, text.IsFlowed ? Unflow(Decode(text), IsSpaceDeleted(text)) : Decode(text)));
                break;
            case TextPart { IsAttachment: false, IsHtml: true } text:
                pieces.Add(new(IsHtml: true, Decode(text)));
                break;
            default:
                break;
        }
    }

    /// <summary>Of alternatives the text, unless it is blank; several texts in one are rare and all taken.</summary>
    private static void TakeOne(List<Piece> pieces, int start)
    {
        var kept = start;
        var isHtml = true;
        for (var i = start; i < pieces.Count; i++)
        {
            isHtml &= pieces[i].IsHtml || pieces[i].IsBlank;
        }

        for (var i = start; i < pieces.Count; i++)
        {
            if (pieces[i].IsHtml == isHtml)
            {
                pieces[kept++] = pieces[i];
            }
        }

        pieces.RemoveRange(kept, pieces.Count - kept);
    }

    private static string Join(IEnumerable<Piece> pieces)
    {
        StringBuilder text = new();
        foreach (var piece in pieces)
        {
            if (text.Length > 0 && piece.Text.Length > 0 && text[^1] != '\n')
            {
                text.Append('\n');
            }

            text.Append(piece.Text);
        }

        return text.ToString();
    }

    /// <summary>
    /// Decodes by the declared charset, read as browsers read it: Latin-1 means Windows-1252, GB2312 means GB18030. A wrong or
    /// missing declaration falls back to UTF-8 if the bytes are that, else to Windows-1252, which takes any byte.
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        Encoding declared = EncodingOf(charset);
        if (declared is UTF8Encoding)
        {
            try
            {
                return StrictUtf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                declared = Encoding.GetEncoding(1252);
            }
        }

        return declared.GetString(bytes);
    }

    private static string Decode(TextPart part)
    {
        using MemoryStream stream = new();
        part.Content?.DecodeTo(stream);
        return Decode(stream.GetBuffer().AsSpan(0, (int)stream.Length), part.ContentType.Charset);
    }

    private static Encoding EncodingOf(string? charset)
    {
        try
        {
            return charset?.Trim().ToUpperInvariant() switch
            {
                null or "" or "US-ASCII" or "ASCII" or "ANSI_X3.4-1968" or "UTF-8" or "UTF8" or "DEFAULT" => StrictUtf8,
                "ISO-8859-1" or "LATIN1" or "ISO8859-1" or "ISO_8859-1" => Encoding.GetEncoding(1252),
                "ISO-8859-9" => Encoding.GetEncoding(1254),
                "GB2312" or "GBK" or "X-GBK" => Encoding.GetEncoding(54936),
                "KS_C_5601-1987" or "KS_C_5601" => Encoding.GetEncoding(949),
                { } name => Encoding.GetEncoding(name),
            };
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return StrictUtf8;
        }
    }

    /// <summary>
    /// Joins the lines of <c>format=flowed</c> (RFC 3676): one that ends in a space goes on below, at the same quote depth.
    /// </summary>
    /// <param name="deleteSpace">The space that marks the line is none of the text, as in languages that write without.</param>
    private static string Unflow(string text, bool deleteSpace)
    {
        StringBuilder joined = new(text.Length);
        var depthAbove = -1;
        foreach (ReadOnlySpan<char> line in text.EnumerateLines())
        {
            var depth = line.IndexOfAnyExcept('>');
            depth = depth < 0 ? line.Length : depth;
            var content = line[depth..];
            if (content is [' ', ..])
            {
                content = content[1..];
            }

            var signature = content is "-- ";
            if (depth != depthAbove || signature)
            {
                if (joined.Length > 0)
                {
                    joined.Append('\n');
                }

                joined.Append('>', depth);
                if (depth > 0 && !content.IsEmpty)
                {
                    joined.Append(' ');
                }
            }

            var goesOn = content is [.., ' '] && !signature;
            joined.Append(goesOn && deleteSpace ? content[..^1] : content);
            depthAbove = goesOn ? depth : -1;
        }

        return joined.ToString();
    }

    private static bool IsSpaceDeleted(TextPart part) =>
        part.ContentType.Parameters["delsp"]?.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>A part of a mail with text in it.</summary>
    private sealed record Piece(bool IsHtml, string Text)
    {
        public bool IsBlank { get; } = string.IsNullOrWhiteSpace(Text);
    }
}
