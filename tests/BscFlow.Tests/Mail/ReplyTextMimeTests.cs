using System.Globalization;
using System.Text;
using BscFlow.Mail;

namespace BscFlow.Tests.Mail;

public class ReplyTextMimeTests
{
    [Fact]
    public void The_text_part_is_preferred()
    {
        var mail = Mime("""
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            +1

            --b
            Content-Type: text/html; charset=utf-8

            <p>-1</p>
            --b--
            """);

        Assert.Equal("+1", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void A_blank_text_part_gives_way_to_the_HTML()
    {
        var mail = Mime("""
            Content-Type: multipart/alternative; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8


            --b
            Content-Type: text/html; charset=utf-8

            <p>-1</p>
            --b--
            """);

        Assert.Equal("-1", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void A_footer_of_text_beside_a_letter_of_HTML_is_not_the_letter()
    {
        var mail = Mime("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/html; charset=utf-8

            <p>+1</p>
            --b
            Content-Type: text/plain; charset=utf-8

            Scanned by the gateway.
            --b--
            """);

        Assert.Equal("+1", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void Text_on_both_sides_of_a_picture_is_one_letter()
    {
        var mail = Mime("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            +1
            --b
            Content-Type: image/png
            Content-Disposition: inline


            --b
            Content-Type: text/plain

            See the picture.
            --b--
            """);

        Assert.Equal("+1\nSee the picture.", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void Lines_that_go_on_without_a_space_are_joined_without_one()
    {
        var mail = Mime("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n賛 \n成\n");

        Assert.Equal("賛成", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void A_text_that_lies_a_thousand_parts_deep_is_decoded_once()
    {
        const int Depth = 900;
        var mail = new StringBuilder("Content-Type: multipart/alternative; boundary=b0\n\n");
        for (var depth = 0; depth < Depth; depth++)
        {
            mail.Append(
                CultureInfo.InvariantCulture, $"--b{depth}\nContent-Type: multipart/alternative; boundary=b{depth + 1}\n\n");
        }

        mail
            .Append(CultureInfo.InvariantCulture, $"--b{Depth}\nContent-Type: text/plain\n\n+1 ")
            .Append('x', 1_000_000)
            .Append('\n');
        var bytes = Encoding.UTF8.GetBytes(mail.ToString());
        ReplyText.ExtractFile(bytes, isMime: true);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var text = ReplyText.ExtractFile(bytes, isMime: true);

        Assert.StartsWith("+1 x", text, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000_000);
    }

    [Fact]
    public void Attachments_are_not_read()
    {
        var mail = Mime("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            +1
            --b
            Content-Type: text/plain
            Content-Disposition: attachment; filename=minutes.txt

            -1
            --b
            Content-Type: message/rfc822

            From: oren@vale.example

            -1
            --b--
            """);

        Assert.Equal("+1", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Theory]
    [InlineData(
        "<div dir=\"ltr\">+1</div><br><div class=\"gmail_quote\"><div class=\"gmail_attr\">On Wed, Oct 8, 2025 at 4:00 PM " +
            "Tessa &lt;t@quill.example&gt; wrote:<br></div><blockquote class=\"gmail_quote\"><p>Shall we?</p></blockquote></div>",
        "+1")]
    [InlineData(
        "<html><body><div>Yes.</div><div><br><blockquote type=\"cite\"><div>On 8 Oct 2025, at 16:00, Tessa &lt;" +
            "t@quill.example&gt; wrote:</div><div>-1</div></blockquote></div></body></html>",
        "Yes.")]
    [InlineData(
        "<div class=\"moz-cite-prefix\">On 08.10.25 16:00, Tessa wrote:<br></div><blockquote type=\"cite\"><p>Shall we?</p>" +
            "</blockquote><p>+1<br></p><pre class=\"moz-signature\">-- \nno</pre>",
        "+1")]
    [InlineData(
        "<div>+1</div><div id=\"Signature\"><p>-1 Street</p></div><div id=\"appendonsend\"></div><hr><div " +
            "id=\"divRplyFwdMsg\"><b>Saatja:</b> Tessa<br></div><div>Kas?</div>",
        "+1")]
    [InlineData(
        "<p class=MsoNormal>Yes<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt " +
            "0in 0in 0in'><p class=MsoNormal><b>Mitt:</b> Tessa<br></p></div></div><p class=MsoNormal>Shall we?</p>",
        "Yes")]
    [InlineData(
        "<div>+1</div><div id=\"yahoo_quoted_12\" class=\"yahoo_quoted\"><div>On Wednesday, Tessa wrote:</div><div>Shall " +
            "we?</div></div>",
        "+1")]
    [InlineData(
        "<div style=\"display: none\">-1</div><style>p { color: red }</style><script>alert('-1')</script><p>+1</p>",
        "+1")]
    [InlineData("<p>+1</p><p>It&rsquo;s&nbsp;fine &amp; short.", "+1\n\nIt’s\u00a0fine & short.")]
    [InlineData("<ul><li>one<li>two</ul><table><tr><td>a</td><td>b</td></tr></table>", "- one\n- two\n\na b")]
    [InlineData("</p></div><b>+1</i></b><br", "+1")]
    public void HTML_alone_is_made_into_text_first(string html, string expected)
    {
        var mail = Mime($"Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{html}\n");

        Assert.Equal(expected, ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void A_deep_nesting_of_quotes_stays_linear()
    {
        var html = string.Concat(Enumerable.Repeat("<blockquote><p>x", 100_000));

        Assert.Equal("+1", ReplyText.ExtractFile(Mime("Content-Type: text/html\n\n<p>+1</p>" + html), isMime: true));
    }

    [Fact]
    public void Flowed_lines_are_joined_and_the_signature_mark_is_kept()
    {
        var mail = Mime("Content-Type: text/plain; charset=utf-8; format=flowed\n\n" +
            "On 08/10/2025 16:00, Tessa Quill <tessa@quill.example> \nwrote:\n> Shall we adopt \n> it?\n\n" +
            "+1\n\nThis sentence \ngoes on.\n-- \nno\n");

        Assert.Equal("+1\n\nThis sentence goes on.", ReplyText.ExtractFile(mail, isMime: true));
    }

    [Theory]
    [InlineData("windows-1251", "windows-1251", "Да")]
    [InlineData("koi8-r", "koi8-r", "Да")]
    [InlineData("gb2312", "gb18030", "同意")]
    [InlineData("big5", "big5", "贊成")]
    [InlineData("iso-2022-jp", "iso-2022-jp", "賛成")]
    [InlineData("euc-kr", "euc-kr", "찬성")]
    [InlineData("iso-8859-2", "iso-8859-2", "Wstrzymuję się")]
    [InlineData("iso-8859-1", "windows-1252", "Sí – “yes”")]
    [InlineData("us-ascii", "utf-8", "Sí")]
    [InlineData("utf-8", "windows-1252", "Sí")]
    [InlineData("x-nonsense", "utf-8", "Sí")]
    [InlineData(null, "utf-8", "Sí")]
    [InlineData(null, "windows-1252", "Sí")]
    public void A_charset_is_read_as_declared_or_as_meant(string? declared, string written, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var charset = declared is null ? "" : "; charset=" + declared;
        byte[] mail =
        [
            .. Mime($"Content-Type: text/plain{charset}\nContent-Transfer-Encoding: 8bit\n\n"),
            .. Encoding.GetEncoding(written).GetBytes(text),
        ];

        Assert.Equal(text, ReplyText.ExtractFile(mail, isMime: true));
    }

    [Fact]
    public void Quoted_printable_and_base64_are_decoded()
    {
        Assert.Equal("Sí", ReplyText.ExtractFile(
            Mime("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nS=C3=AD\n"),
            isMime: true));
        Assert.Equal("Sí", ReplyText.ExtractFile(
            Mime("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nU8OtCg==\n"), isMime: true));
    }

    [Fact]
    public void A_text_file_is_a_body() =>
        Assert.Equal("Sí", ReplyText.ExtractFile("\ufeffSí\n\n-- \nOren"u8, isMime: false));

    [Theory]
    [InlineData("Content-Type: application/pdf\n\nx")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n")]
    [InlineData("")]
    public void A_mail_without_text_says_nothing(string headers) =>
        Assert.Equal("", ReplyText.ExtractFile(Mime(headers), isMime: true));

    private static byte[] Mime(string rest) =>
        Encoding.UTF8.GetBytes("From: Oren Vale <oren@vale.example>\nMIME-Version: 1.0\n" + rest.ReplaceLineEndings("\n"));
}
