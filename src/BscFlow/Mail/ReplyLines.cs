using System.Buffers;
using System.Text;

namespace BscFlow.Mail;

/// <summary>Splits a mail's text into lines and tells what each of them is, in time linear in the text.</summary>
internal sealed class ReplyLines : IDisposable
{
    private readonly string _text;
    private ReplyLine[] _lines = ArrayPool<ReplyLine>.Shared.Rent(64);

    public ReplyLines(string text)
    {
        _text = text;
        Split();
        new ReplyBlocks(text, this).Mark();
    }

    public int Count { get; private set; }

    public ref ReplyLine this[int index] => ref _lines[index];

    public ReadOnlySpan<char> Of(int index) => _text.AsSpan(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>Index of the next line from <paramref name="from"/> on that is not blank, or <see cref="Count"/>.</summary>
    public int NextWritten(int from)
    {
        while (from < Count && _lines[from].Kind == LineKind.Blank)
        {
            from++;
        }

        return from;
    }

    /// <summary>
    /// The lines of a stretch that are text, blank, rules, or quotes if wanted, without blank ones at both ends.
    /// </summary>
    public string Join(int from, int to, bool keepQuotes)
    {
        StringBuilder? joined = null;
        var pieceStart = -1;
        var pieceEnd = -1;
        var blank = false;
        var gap = false;
        for (var i = from; i < to; i++)
        {
            var kind = _lines[i].Kind;
            if (kind is not (LineKind.Text or LineKind.Blank or LineKind.Rule) && !(kind == LineKind.Quote && keepQuotes))
            {
                gap |= !keepQuotes;
                continue;
            }

            // A quote that is taken out leaves the blank lines around it: one is enough.
            if (kind == LineKind.Blank && (pieceStart < 0 || gap && blank))
            {
                continue;
            }

            blank = kind == LineKind.Blank;
            gap &= blank;
            var start = _lines[i].Start;
            var end = _lines[i].End;
            if (pieceStart < 0)
            {
                pieceStart = start;
            }
            else if (joined is null && start == pieceEnd + 1 && _text[pieceEnd] == '\n')
            {
                // Still one piece of the mail as it came.
            }
            else
            {
                joined ??= new StringBuilder().Append(_text, pieceStart, pieceEnd - pieceStart);
                joined.Append('\n').Append(_text, start, end - start);
            }

            pieceEnd = end;
        }

        return pieceStart < 0 ? "" : joined is null ? _text[pieceStart..pieceEnd].TrimEnd() : joined.ToString().TrimEnd();
    }

    public void Dispose()
    {
        ArrayPool<ReplyLine>.Shared.Return(_lines);
        _lines = [];
    }

    private void Split()
    {
        ReadOnlySpan<char> text = _text;
        var start = 0;
        var fence = -1;
        var (armor, signed) = (false, false);
        while (start < text.Length)
        {
            var length = text[start..].IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            if (Count == _lines.Length)
            {
                Grow();
            }

            var trimmed = LineShape.Trim(text[start..end]);
            var opens = trimmed.StartsWith("-----BEGIN PGP SIGNED MESSAGE", StringComparison.Ordinal);
            armor = opens || armor && !trimmed.IsEmpty;
            signed = opens || signed && !trimmed.StartsWith("-----BEGIN PGP SIGNATURE", StringComparison.Ordinal);

            // What is signed has "- " before each line that begins with a dash, "-1" too (RFC 9580, dash-escaping).
            var escape = signed && !armor && text[start..end] is ['-', ' ', ..] ? 2 : 0;
            trimmed = escape > 0 ? LineShape.Trim(text[(start + escape)..end]) : trimmed;
            _lines[Count] = new ReplyLine
            {
                Start = start + escape,
                End = end,
                Kind = armor ? LineKind.Armor : LineShape.Judge(trimmed),
            };
            if (IsFence(trimmed))
            {
                fence = CloseFence(fence);
            }

            Count++;
            start = end + 1;
            if (end < text.Length && text[end] == '\r' && start < text.Length && text[start] == '\n')
            {
                start++;
            }
        }
    }

    private void Grow()
    {
        ReplyLine[] larger = ArrayPool<ReplyLine>.Shared.Rent(_lines.Length * 2);
        _lines.CopyTo(larger, 0);
        ArrayPool<ReplyLine>.Shared.Return(_lines);
        _lines = larger;
    }

    /// <summary>Three backticks and at most the name of a language.</summary>
    private static bool IsFence(ReadOnlySpan<char> line) =>
        line.StartsWith("```", StringComparison.Ordinal) && line.Length < 24 && !line[3..].ContainsAny('`', ' ');

    /// <summary>Code between two fences is text, whatever its lines look like. An open fence protects nothing.</summary>
    private int CloseFence(int open)
    {
        if (open < 0)
        {
            return Count;
        }

        for (var i = open; i <= Count; i++)
        {
            _lines[i].Kind = _lines[i].Kind == LineKind.Blank ? LineKind.Blank : LineKind.Text;
        }

        return -1;
    }
}
