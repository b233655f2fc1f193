using System.Text;
using System.Text.RegularExpressions;

namespace BscFlow.Mail.Messages;

/// <summary>Writes the plain text of a mail: short lines, no markup, addresses on lines of their own.</summary>
internal sealed partial class TextBody
{
    private const int Width = 72;

    private readonly StringBuilder _text = new();

    public void Paragraph(string paragraph)
    {
        Gap();
        Line(paragraph);
    }

    public void Heading(string heading)
    {
        Gap();
        Line(heading);
        _text.Append('-', Math.Min(Width, Clean(heading).Length)).Append('\n');
    }

    /// <summary>A fact and its label, right below what stands before it.</summary>
    public void Fact(string label, string value) => Wrap($"{label}: {value}", "", "  ");

    public void Line(string line) => Wrap(line, "", "");

    /// <summary>An empty line, except at the start.</summary>
    public void Gap()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }

    public void Bullet(string item) => Wrap(item, "- ", "  ");

    public void Numbered(int number, string item)
    {
        var mark = $"{number}. ";
        Wrap(item, mark, new(' ', mark.Length));
    }

    /// <summary>An address, never broken, so that mail programs make it a link.</summary>
    public void Link(string label, Uri address)
    {
        Gap();
        Line($"{label}:");
        _text.Append(address.AbsoluteUri).Append('\n');
    }

    /// <summary>A line across, around what is quoted at length.</summary>
    public void Rule() => _text.Append('\n').Append('-', Width).Append('\n');

    /// <summary>Text whose line breaks are its own, such as Markdown.</summary>
    public void Verbatim(string lines)
    {
        Gap();
        foreach (var line in lines.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
        {
            _text.Append(Clean(line).TrimEnd()).Append('\n');
        }
    }

    /// <param name="page">The reader's own page.</param>
    public void Footer(string footer, Uri? page)
    {
        // The line that mail programs know as the start of a signature.
        _text.Append("\n-- \n");
        Line(footer);
        if (page is not null)
        {
            Line($"{Message.MyPageLabel}:");
            _text.Append(page.AbsoluteUri).Append('\n');
        }
    }

    public override string ToString() => _text.ToString();

    private void Wrap(string paragraph, string first, string indent)
    {
        _text.Append(first);
        var column = first.Length;
        var start = true;
        foreach (var word in Clean(paragraph).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!start && column + 1 + word.Length > Width)
            {
                _text.Append('\n').Append(indent);
                column = indent.Length;
                start = true;
            }

            if (!start)
            {
                _text.Append(' ');
                column++;
            }

            _text.Append(word);
            column += word.Length;
            start = false;
        }

        _text.Append('\n');
    }

    /// <summary>What others wrote may hold line breaks, the control characters of terminals, and marks that turn text.</summary>
    [GeneratedRegex(@"[\p{Cc}\s\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Unwanted { get; }

    private static string Clean(string value) => Unwanted.Replace(value, " ");
}
