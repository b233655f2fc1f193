using System.Globalization;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// The form of most programs for the single transferable vote (Hill, Wichmann and Woodall, Algorithm 123): options and seats,
/// withdrawn options as negative numbers, ballots that end with 0 (<c>3 4 1=2 0</c>: three voters), a 0 in place of the next ballot, and
/// the names in quotes.
/// </summary>
/// <remarks>A ballot is what stands up to its 0: mostly a line, but it may go over several, and several may stand on one.</remarks>
internal sealed class BltFile : BallotFile
{
    private readonly LineReader _lines;
    private readonly HashSet<int> _withdrawn = [];
    private readonly int _all;
    private readonly Dictionary<string, int> _nicknames = [];
    private readonly Queue<string> _tokens = [];
    private List<string> _names;

    public BltFile(LineReader lines)
    {
        _lines = lines;
        var head = Tokens(NextLine() ?? "");
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

    public override void CountInto(BallotCount count)
    {
        int?[] places = new int?[_all];
        var kept = 0;
        for (var number = 1; number <= _all; number++)
        {
            places[number - 1] = _withdrawn.Contains(number) ? null : kept++;
        }

        Span<int> marks = stackalloc int[OptionCount];
        while (NextBallot() is { } ballot)
        {
            Read(ballot, places, marks, out var weight);
            Add(count, marks, weight, _lines.Number);
        }

        ReadNames();
    }

    /// <summary>The tokens of the next ballot, without its 0; null behind the last one.</summary>
    private List<string>? NextBallot()
    {
        List<string> ballot = [];
        while (true)
        {
            while (_tokens.Count == 0)
            {
                Enqueue(NextLine() ?? throw new BallotFormatException(
                    _lines.Number, ballot.Count == 0 ? "it ends without a 0 after the ballots" : "its last ballot does not end with 0"));
            }

            var token = _tokens.Dequeue();
            if (token == "0")
            {
                return ballot.Count > 0 ? ballot
                    : _tokens.Count == 0 ? null
                    : throw new BallotFormatException(_lines.Number, $"behind the 0 that ends the ballots stands \"{_tokens.Peek()}\"");
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
                throw new BallotFormatException(_lines.Number, $"it gives {nicknames.Count} nicknames to {_all} options, or one twice");
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

    /// <summary>As many names as options, and behind them the title, which may be missing; names may be missing all together.</summary>
    private void ReadNames()
    {
        List<string> names = [];
        while (_lines.TryRead(out var line))
        {
            AddNames(LineReader.TextOf(line), names);
        }

        if (names.Count == 0)
        {
            return;
        }

        if (names.Count != _all && names.Count != _all + 1)
        {
            throw new BallotFormatException(_lines.Number, $"it names {names.Count} options, and there are {_all}");
        }

        _names = [.. names.Take(_all).Where((_, i) => !_withdrawn.Contains(i + 1))];
        CheckOptions(_names, _lines.Number);
    }

    /// <summary>Names in quotes, one or more a line; a quote ends a name where a blank, a comment or the line's end follows.</summary>
    private void AddNames(string line, List<string> names)
    {
        for (line = line.Trim(); line.Length > 0 && line[0] != '#'; line = line.TrimStart())
        {
            var end = line[0] == '"' ? 1 : line.Length;
            while (end < line.Length && !(line[end] == '"' && (end + 1 == line.Length || line[end + 1] is ' ' or '\t' or '#')))
            {
                end++;
            }

            if (end == line.Length)
            {
                throw new BallotFormatException(_lines.Number, "a name does not stand in quotes");
            }

            names.Add(line[1..end].Trim());
            line = line[(end + 1)..];
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
        foreach (var token in Tokens(line))
        {
            _tokens.Enqueue(token);
        }
    }

    /// <summary>The next line that says anything, without its comment.</summary>
    private string? NextLine()
    {
        while (_lines.TryRead(out var line))
        {
            var text = LineReader.TextOf(line);
            text = text.IndexOf('#', StringComparison.Ordinal) is >= 0 and var comment ? text[..comment] : text;
            if (!string.IsNullOrWhiteSpace(text))
            {
                return text;
            }
        }

        return null;
    }

    private static List<string> Tokens(string line) =>
        [.. line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
}
