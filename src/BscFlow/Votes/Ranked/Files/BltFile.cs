using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// The form of most programs for the single transferable vote (Hill, Wichmann and Woodall, Algorithm 123): options and seats,
/// withdrawn options as negative numbers, ballots that end with 0 (<c>3 4 1=2 0</c>: three voters), a 0 in place of the next
/// ballot, and the <see cref="BltNames">names</see>.
/// </summary>
/// <remarks>
/// A ballot is what stands up to its 0: mostly a line, but it may go over several, and several may stand on one. The ballots of
/// Scotland's councils are also passed on with commas for the blanks; then each line is a ballot and no 0 ends anything.
/// </remarks>
internal sealed class BltFile : BallotFile
{
    private readonly LineReader _lines;
    private readonly HashSet<int> _withdrawn = [];
    private readonly int _all;
    private readonly bool _hasCommas;
    private readonly Dictionary<string, int> _nicknames = [];
    private readonly Queue<string> _tokens = [];
    private List<string> _names;
    private string? _firstOfNames;

    public BltFile(LineReader lines)
    {
        _lines = lines;
        var first = NextLine() ?? "";
        _hasCommas = IsOfCommas(Encoding.UTF8.GetBytes(first));
        var head = Tokens(first);
        _all = Number(head[0], 1, BallotCount.MostOptions);
        Seats = Number(head[1], 1, int.MaxValue);
        while (NextLine() is { } line)
        {
            if (line.TrimStart() is not (['[', ..] or ['-', >= '1' and <= '9', ..]))
            {
                Enqueue(line);
                break;
            }

            ReadOptions(line);
        }

        _names = [.. Enumerable.Range(1, _all).Except(_withdrawn).Select(number => $"Option {number}")];
        CheckOptions(_names, lines.Number);
    }

    public override IReadOnlyList<string> Options => _names;

    public override int OptionCount => _names.Count;

    public override int? Seats { get; }

    /// <summary>
    /// Whether a head line is of the form with commas: <c>5,1,</c>; that of a table of two columns ends without one.
    /// </summary>
    public static bool IsOfCommas(ReadOnlySpan<byte> head) =>
        head.IndexOfAny(" \t"u8) < 0 && head.Count((byte)',') == 2 && head[^1] == ',';

    public override void CountInto(BallotCount count)
    {
        int?[] places = new int?[_all];
        var kept = 0;
        for (var number = 1; number <= _all; number++)
        {
            places[number - 1] = _withdrawn.Contains(number) ? null : kept++;
        }

        Span<int> marks = stackalloc int[OptionCount];
        while (true)
        {
            if (_tokens.Count == 0 && _firstOfNames is null && _lines.TryRead(out var line))
            {
                if (TryReadNumbers(line, places, marks, out var weight))
                {
                    Add(count, marks, weight, _lines.Number);
                    continue;
                }

                Enqueue(WithoutComment(line));
            }

            if (NextBallot() is not { } ballot)
            {
                break;
            }

            Read(ballot, places, marks, out var voters);
            Add(count, marks, voters, _lines.Number);
        }

        ReadNames();
    }

    /// <summary>The common case: a line of numbers, of which no two are one option, up to its 0.</summary>
    private bool TryReadNumbers(ReadOnlySpan<byte> line, int?[] places, Span<int> marks, out int weight)
    {
        marks.Fill(Mark.Unranked);
        weight = 0;
        for (var rank = 0; Utf8Parser.TryParse(line, out uint number, out var read); rank++)
        {
            line = line[read..].TrimStart(" \t"u8);
            if (number == 0 || number > (rank == 0 ? Mark.Largest : _all))
            {
                return number == 0 && rank > 0 && line.IsEmpty;
            }

            if (rank == 0)
            {
                weight = (int)number;
            }
            else if (places[number - 1] is { } place)
            {
                if (marks[place] != Mark.Unranked)
                {
                    return false;
                }

                marks[place] = rank;
            }
        }

        return false;
    }

    /// <summary>The tokens of the next ballot, without its 0; null behind the last one.</summary>
    private List<string>? NextBallot()
    {
        List<string> ballot = [];
        while (true)
        {
            while (_tokens.Count == 0)
            {
                if (_firstOfNames is not null)
                {
                    return null;
                }

                if (NextLine() is { } next)
                {
                    Enqueue(next);
                    continue;
                }

                return _hasCommas ? null : throw new BallotFormatException(
                    _lines.Number,
                    ballot.Count == 0 ? "it ends without a 0 after the ballots" : "its last ballot does not end with 0");
            }

            var token = _tokens.Dequeue();
            if (token == "0")
            {
                return ballot.Count > 0 ? ballot
                    : _tokens.Count == 0 ? null
                    : throw new BallotFormatException(
                        _lines.Number, $"behind the 0 that ends the ballots stands \"{_tokens.Peek()}\"");
            }

            if (token is ['"', ..])
            {
                throw new BallotFormatException(_lines.Number, "the names begin without a 0 after the ballots");
            }

            ballot.Add(token);
        }
    }

    private void Read(List<string> tokens, int?[] places, Span<int> marks, out int weight)
    {
        marks.Fill(Mark.Unranked);
        weight = 1;
        var rank = 0;
        foreach (var (i, token) in tokens.SkipWhile(token => token is ['(', ..]).Index())
        {
            if (i == 0)
            {
                weight = Number(token, 1, Mark.Largest);
                continue;
            }

            rank++;
            foreach (var name in token.Split('='))
            {
                if (name == "-" || places[OptionOf(name) - 1] is not { } place)
                {
                    continue;
                }

                if (marks[place] != Mark.Unranked)
                {
                    throw new BallotFormatException(_lines.Number, $"it ranks {name} twice");
                }

                marks[place] = rank;
            }
        }
    }

    private void ReadOptions(string line)
    {
        if (line.TrimStart() is ['-', ..])
        {
            _withdrawn.UnionWith(Tokens(line).Select(token => Number(token.TrimStart('-'), 1, _all)));
            return;
        }

        var words = Tokens(line.Trim().TrimStart('[').TrimEnd(']'));
        if (words is ["nick", .. var nicknames])
        {
            if (nicknames.Count != _all || nicknames.Distinct(StringComparer.Ordinal).Count() != _all)
            {
                throw new BallotFormatException(
                    _lines.Number, $"it gives {nicknames.Count} nicknames to {_all} options, or one twice");
            }

            foreach (var (i, nickname) in nicknames.Index())
            {
                _nicknames[nickname] = i + 1;
            }
        }
        else if (words is ["withdrawn", .. var withdrawn])
        {
            _withdrawn.UnionWith(withdrawn.Select(OptionOf));
        }
    }

    private void ReadNames()
    {
        var names = new BltNames(_all, _hasCommas);
        if (_firstOfNames is not null)
        {
            names.Add(_firstOfNames, _lines.Number);
        }

        while (_lines.TryRead(out var line))
        {
            names.Add(LineReader.TextOf(line), _lines.Number);
        }

        if (names.Read() is { } all)
        {
            _names = [.. all.Where((_, i) => !_withdrawn.Contains(i + 1))];
            CheckOptions(_names, _lines.Number);
        }
    }

    private int OptionOf(string name) =>
        _nicknames.TryGetValue(name, out var number) ? number : Number(name, 1, _all);

    private int Number(string token, int least, int most) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BallotFormatException(_lines.Number, $"\"{token}\" is no number from {least} to {most}");

    private void Enqueue(string line)
    {
        if (_hasCommas && line.TrimStart() is ['"', ..])
        {
            _firstOfNames = line;
            return;
        }

        foreach (var token in Tokens(line))
        {
            _tokens.Enqueue(token);
        }

        if (_hasCommas && _tokens.Count > 0)
        {
            _tokens.Enqueue("0");
        }
    }

    /// <summary>The next line that says anything, without its comment.</summary>
    private string? NextLine()
    {
        while (_lines.TryRead(out var line))
        {
            var text = WithoutComment(line);
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return null;
    }

    private string WithoutComment(ReadOnlySpan<byte> line)
    {
        var text = LineReader.TextOf(line);
        return !_hasCommas && text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? text[..comment] : text;
    }

    /// <summary>A spreadsheet may have left a comma at the line's end.</summary>
    private static List<string> Tokens(string line) => [.. line.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries)];
}
