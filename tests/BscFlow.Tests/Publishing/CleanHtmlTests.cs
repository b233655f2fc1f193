using BscFlow.Minutes;
using BscFlow.Publishing;
using FsCheck;
using FsCheck.Fluent;

namespace BscFlow.Tests.Publishing;

public sealed class CleanHtmlTests
{
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<li>", "</li>", "<a href=\"", "https://a.example", "http://b.example/?q=<", "javascript:alert(1)", "\">", "</a>",
        "<script>", "</script>", "<b onclick=\"x\">", "<br />", "<hr />", "<h3 id=\"x\" class=\"y\">", "</h3>", "<p style=\"color:red\">",
        "<img src=x>", "&lt;", "&", ">", "\"", "'", "=", " ", "text", "<!--", "-->", "<A HREF=\"https://a.example\">", "</A>", "\0", "<",
        "<td>", "</td>", "<table>", "</table>", "<code>", "</code>", "<svg/onload=alert(1)>", "<a title=\"t\" href=\"https://c.example\">",
        "&#106;avascript:", "<ol start=\"2\">", "</ol>", "<pre>", "</pre>",
    ];

    [Fact]
    public void What_is_passed_unread_is_what_the_sanitizer_would_leave() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(),
        html => !CleanHtml.IsPlain(html) || CleanHtml.Sanitize(html) == Reserialized(html))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

    [Theory]
    [InlineData("<p>text</p>")]
    [InlineData("<ul>\n<li class=\"task\" id=\"action-0001-1\"><a href=\"https://a.example/?a=1&amp;b=2\">a</a></li>\n</ul>")]
    [InlineData("a &lt;b&gt; c")]
    public void Plain_markup_is_passed_as_it_is(string html)
    {
        Assert.True(CleanHtml.IsPlain(html));
        Assert.Equal(html, CleanHtml.Of(html));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<p onclick=\"x\">a</p>")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>")]
    [InlineData("<a href=\"HTTPS://a.example\">a</a>")]
    [InlineData("<p>a")]
    [InlineData("a</p>")]
    [InlineData("<p><em>a</p></em>")]
    [InlineData("<p class=x>a</p>")]
    [InlineData("<p class='x'>a</p>")]
    [InlineData("<!-- a -->")]
    [InlineData("a <")]
    public void Anything_else_goes_to_the_sanitizer(string html) => Assert.False(CleanHtml.IsPlain(html));

    [Fact]
    public void Nearly_all_real_notes_are_plain()
    {
        var document = MinutesReader.Read(File.ReadAllBytes(Tidewater.PathOf("2025.md")));

        Assert.All(document.Meetings, minutes =>
            Assert.True(CleanHtml.IsPlain(NotesHtml.Render(document, minutes, []))));
    }

    /// <summary>As a parser and writer have it that take nothing out.</summary>
    private static string Reserialized(string html)
    {
        var document = new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<html><body>{html}</body></html>");
        return document.Body!.InnerHtml;
    }
}
