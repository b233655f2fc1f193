using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using BscFlow.Minutes;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace BscFlow.Publishing;

/// <summary>Writes what stands in the blocks of notes: text, links without what follows their readers, mail addresses in words.</summary>
internal sealed partial class NotesInlines
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("<>&\"\0");

    private const string MailScheme = "mailto:";

    private readonly StringBuilder _html;
    private readonly LeafInlines _parser = LeafInlines.ToShow();
    private readonly HtmlRenderer _renderer;

    public NotesInlines(StringBuilder html)
    {
        _html = html;
        _renderer = MinutesMarkdown.ToHtml(new StringWriter(html));
    }

    /// <param name="leaf">One that has its lines.</param>
    public ParsedLeaf Parse(LeafBlock leaf) => _parser.Parse(leaf);

    /// <summary>Writes a line without markup.</summary>
    public void Write(ReadOnlySpan<char> line)
    {
        if (line.Contains('@'))
        {
            Escape(SiteText.WithoutMailAddresses(line.ToString()));
        }
        else
        {
            Escape(line);
        }
    }

    /// <summary>Writes a leaf of <see cref="Parse"/>.</summary>
    public void Write(LeafBlock leaf)
    {
        if (leaf.Inline is null)
        {
            Write(leaf.Lines.ToString());
            return;
        }

        Tidy(leaf);
        var start = _html.Length;
        _renderer.WriteLeafInline(leaf);
        var written = _html.ToString(start, _html.Length - start);
        if (written.Contains('@', StringComparison.Ordinal))
        {
            _html.Length = start;
            _html.Append(WithoutMailAddresses(written));
        }
    }

    /// <summary>Writes a table, or code.</summary>
    public void WriteBlock(Block block)
    {
        Tidy(block);
        _html.Append(WithoutMailAddresses(MinutesMarkdown.ToHtml(block)));
    }

    /// <summary>Of text between tags, however it was marked; where links lead stays.</summary>
    private static string WithoutMailAddresses(string html) =>
        BetweenTags().Replace(html, text => SiteText.WithoutMailAddresses(text.Value));

    /// <summary>Writes a text so that none of it is markup.</summary>
    public void Escape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Escaped); at >= 0; at = text.IndexOfAny(Escaped))
        {
            _html.Append(text[..at]).Append(text[at] switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                _ => "\uFFFD",
            });
            text = text[(at + 1)..];
        }

        _html.Append(text);
    }

    private static void Tidy(Block block)
    {
        var parts = NotesParts.Of(block);
        foreach (var link in parts.Links)
        {
            Tidy(link);
        }

        foreach (var address in parts.Addresses)
        {
            address.ReplaceBy(address.IsEmail ? new LiteralInline(address.Url)
                : IsOfMail(address.Url) ? new LiteralInline(address.Url[MailScheme.Length..])
                : LinkTo(WebAddress.Of(address.Url)));
        }

        foreach (var code in parts.CodeBlocks)
        {
            // The class of its language.
            code.RemoveData(typeof(HtmlAttributes));
        }
    }

    private static ContainerInline LinkTo(string address) =>
        new LinkInline(address, "").AppendChild(new LiteralInline(SiteText.Address(address)));

    private static bool IsOfMail(string address) => address.StartsWith(MailScheme, StringComparison.OrdinalIgnoreCase);

    private static void Tidy(LinkInline link)
    {
        if (link.IsImage)
        {
            // A picture would be loaded from elsewhere, and tell that host of every reader.
            link.IsImage = false;
        }

        if (link.Url is null || IsOfMail(link.Url))
        {
            foreach (var inline in link.ToList())
            {
                inline.Remove();
                link.InsertBefore(inline);
            }

            link.Remove();
        }
        else
        {
            var written = link.Url;
            link.Url = WebAddress.Of(written);
            link.Title = link.Title is { } title ? SiteText.WithoutMailAddresses(title) : null;
            if (link.FirstChild is LiteralInline { NextSibling: null } text && text.Content.ToString() == written)
            {
                text.Content = new(SiteText.Address(link.Url));
            }
        }
    }

    [GeneratedRegex("(?<=^|>)[^<>]+")]
    private static partial Regex BetweenTags();
}
