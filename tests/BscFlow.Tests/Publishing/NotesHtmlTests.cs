using BscFlow.Minutes;
using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

public sealed class NotesHtmlTests
{
    public static TheoryData<string> Dialects =>
    [
        """
        - **Duration:** 1h
        - **Chair:** Priya
        - **Participants:**
          - Priya
          - Inês
        - **Notes:**
          - The tide is in.
        """,
        """
        - **Duration:**
          - **1h**
        - **Chair:**
          - **Priya**
        - **Participants:**
          - **Priya**
        - **AGENDA**
          - The tide is in.
        """,
        """
        Duration: 34m
        Chair:
        - **Participants:**
          - Priya
        - **Notes:**
          - The tide is in.
        """,
        """
        ### Participants

        - Priya
        - Inês

        ### Notes

        - The tide is in.
        """,
    ];

    [Theory]
    [MemberData(nameof(Dialects))]
    public void The_notes_are_what_the_page_does_not_say_by_itself(string dialect)
    {
        var html = Render($"## Meeting #1 - 2026-01-08\n\n{dialect}\n");

        Assert.Contains("<li>The tide is in.</li>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Priya", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Meeting", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_beside_the_facts_is_kept()
    {
        var html = Render(
            """
            ## Meeting #1 - 2026-01-08

            Held on a ferry.

            - **Chair:** Priya
            - **Weather:** calm
            - **Notes:**
              - The tide is in.

            Thanks to the crew.
            """);

        Assert.Contains("Held on a ferry.", html, StringComparison.Ordinal);
        Assert.Contains("calm", html, StringComparison.Ordinal);
        Assert.Contains("Thanks to the crew.", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_below_the_notes_stays_below_them()
    {
        var html = Render("## Meeting #1 - 2026-01-08\n\n- **Chair:** Priya\n- **Notes:**\n  - The tide is in.\n- **Drafts:**\n  - Lights\n");

        Assert.Equal("<ul>\n<li>The tide is in.</li>\n</ul>\n<ul>\n<li><h3><strong>Drafts:</strong></h3>\n<ul>\n<li>Lights</li>\n</ul>\n</li>\n</ul>\n", html);
    }

    [Fact]
    public void What_is_stated_in_a_table_can_be_linked_to()
    {
        var document = MinutesReader.Read("## Meeting #1 - 2026-01-08\n\n| AI | Owner |\n|---|---|\n| lights | Priya |\n");

        var html = NotesHtml.Render(document, document.Meetings[0], [new NotesAnchor(5, "action-1-1", "task")]);

        Assert.StartsWith("<table id=\"action-1-1\" class=\"task\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_point_with_others_below_it_is_a_heading()
    {
        var html = Render("## Meeting #1 - 2026-01-08\n\n- **Notes:**\n  - Tides\n    - in\n    - out\n");

        Assert.Contains("<li><h3>Tides</h3>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> ", 20_000)]
    [InlineData("- ", 20_000)]
    [InlineData("[", 20_000)]
    [InlineData("![", 20_000)]
    [InlineData("**a ", 20_000)]
    [InlineData("`", 20_001)]
    [InlineData("| a ", 20_000)]
    [InlineData("~~", 20_000)]
    [InlineData("https://a.example/", 5_000)]
    [InlineData("<a@b.example> ", 5_000)]
    [InlineData("a~b ", 16_000)]
    [InlineData("\uD800www.a.\uDFFF ", 2)]
    [InlineData("- # #\n", 2)]
    public void Text_that_is_all_markup_is_rendered_too(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));

        var html = Render($"## Meeting #1 - 2026-01-08\n\n- **Notes:**\n\n{text}\n\n### The end\n");

        Assert.Contains("The end", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("_")]
    [InlineData("~")]
    [InlineData("^")]
    [InlineData("==")]
    public void Emphasis_within_emphasis_is_rendered_as_far_as_it_goes_and_shown_as_written_beyond(string mark)
    {
        foreach (var depth in (int[])[100, 250, 255, 256, 257, 300, 388, 512, 1_000])
        {
            var start = string.Concat(Enumerable.Repeat($"{mark}a ", depth));
            var end = string.Concat(Enumerable.Repeat($"a{mark} ", depth));

            Assert.Contains("The end", Render($"## Meeting #1 - 2026-01-08\n\n{start}{end}\n\n### The end\n"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_number_of_a_list_goes_with_what_it_numbers()
    {
        var html = Render("## Meeting #1 - 2026-01-08\n\n2. **Chair:** Priya\n\nText\n\n1. first\n2. second\n\n4. **Notes:**\n   1. third\n   2. fourth\n");

        Assert.DoesNotContain("start=", html, StringComparison.Ordinal);
        Assert.Contains("<ol start=\"7\">", Render("## Meeting #1 - 2026-01-08\n\n7. first\n8. second\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_stated_on_the_line_of_a_fact_is_shown_where_links_lead()
    {
        var document = MinutesReader.Read("## Meeting #1 - 2026-01-08\n\nHeld on a ferry.\n\n- **Chair:** Priya. Decision: lights\n- **Duration:** 1h\n");

        var html = NotesHtml.Render(document, document.Meetings[0], [new NotesAnchor(5, "decision-1", "decision")]);

        Assert.Contains("<li id=\"decision-1\" class=\"decision\"><strong>Chair:</strong> Priya. Decision: lights</li>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("1h", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_with_a_nul_keeps_its_markup()
    {
        Assert.Equal("<p>a <em>b\uFFFD</em> c</p>\n", NotesHtml.RenderText("a *b\0* c"));
    }

    [Theory]
    [InlineData("###", "####")]
    [InlineData("#####", "######")]
    public void The_uppermost_heading_that_is_left_stands_right_below_those_of_the_page(string upper, string lower)
    {
        var html = Render($"## Meeting #1 - 2026-01-08\n\n### Chair\n\n- Priya\n\n{upper} Harbour\n\nThe tide.\n\n{lower} Lights\n\nOn.\n");

        Assert.Contains("<h3>Harbour</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<h4>Lights</h4>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_language_of_a_code_block_sets_no_class()
    {
        var html = Render("## Meeting #1 - 2026-01-08\n\n```skip\ntide\n```\n");

        Assert.Contains("<pre><code>tide", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail ada@tide.example of it")]
    [InlineData("mail `ada@tide.example` of it")]
    [InlineData("mail *ada@tide.example*, of it")]
    [InlineData("mail <ada@tide.example> of it")]
    [InlineData("[ada@tide.example](mailto:ada@tide.example) of it")]
    [InlineData("```\nada@tide.example\n```")]
    [InlineData("mail ada&#64;tide.example of it")]
    [InlineData("mail ada\\@tide.example of it")]
    [InlineData("mail <mailto:ada@tide.example> of it")]
    [InlineData("[it](https://tide.example \"ada@tide.example\")")]
    [InlineData("| ada@tide.example | of it |\n|---|---|\n| a | b |")]
    public void A_mail_address_is_told_in_words_however_it_is_marked(string text)
    {
        var html = NotesHtml.RenderText(text);

        Assert.Contains("ada at tide.example", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@", html, StringComparison.Ordinal);
    }

    /// <summary>A line without markup is not parsed for it: what is one, and what comes of it, is as Markdig has it.</summary>
    [Theory]
    [InlineData("plain words, \"quoted\"; it's > 3", "plain words, &quot;quoted&quot;; it's &gt; 3")]
    [InlineData("see www.tide.example", "see <a href=\"http://www.tide.example\">www.tide.example</a>")]
    [InlineData("HTTPS://tide.example/a is there", "HTTPS://tide.example/a is there")]
    [InlineData("at https://tide.example/a", "at <a href=\"https://tide.example/a\">tide.example/a</a>")]
    [InlineData("ten ~~or twelve~~ tides", "ten <del>or twelve</del> tides")]
    [InlineData("H~2~O and ++salt++", "H<sub>2</sub>O and <ins>salt</ins>")]
    [InlineData("2^10^ tides ==high==", "2<sup>10</sup> tides <mark>high</mark>")]
    [InlineData("a &amp; b &copy;", "a &amp; b ©")]
    [InlineData("1 < 2", "1 &lt; 2")]
    [InlineData(@"a\*b", "a*b")]
    public void A_line_is_shown_with_its_markup_and_without_as_written(string line, string html)
    {
        Assert.Equal($"<p>{html}</p>\n", NotesHtml.RenderText(line));
    }

    [Fact]
    public void More_brackets_than_prose_are_shown_as_written()
    {
        var html = Render($"## Meeting #1 - 2026-01-08\n\n{new string('[', 400)}the tide is <in>\n");

        Assert.Contains("[[[[the tide is &lt;in&gt;", html, StringComparison.Ordinal);
    }

    private static string Render(string markdown)
    {
        var document = MinutesReader.Read(markdown);
        var minutes = document.Meetings[0];
        return NotesHtml.Render(document, minutes, []);
    }
}
