using System.Globalization;
using System.Text.RegularExpressions;

namespace BscFlow.Votes.Ranked.Files;

/// <summary>
/// The form of most programs for the single transferable vote (Hill, Wichmann and Woodall, Algorithm 123): options and seats,
/// withdrawn options as negative numbers, a line a ballot (<c>3 4 1=2 0</c>: three voters), a line <c>0</c>, and the names in
/// quotes.
/// </summary>
internal sealed partial class BltFile : BallotFile
{
    private readonly LineReader _lines;
    private readonly HashSet<int> _withdrawn = [];
    private readonly int _all;
    private readonly Dictionary<string, int> _nicknames = [];
    private string? _first;
    private List<string> _names;

    public BltFile(LineReader lines)
    {
        _lines = lines;
        var head = Tokens(Next() ?? "");
        _all = Number(head[0], 1, int.MaxValue);
        Seats = Number(head[1], 1, int.MaxValue);
        while ((_first = Next()) is { } line && line.TrimStart() is ['[', ..] or ['-', >= '1' and <= '9', ..])
        {
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
        for (var line = _first; ; line = Next())
        {
            var tokens = Tokens(
                line ?? throw new BallotFormatException(_lines.Number, "it ends without a line 0 after the ballots"));
            if (tokens is ["0"])
            {
                break;
            }

            Read(tokens, places, marks, out var weight);
            Add(count, marks, weight, _lines.Number);
        }

        ReadNames();
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

            if (token == "0")
            {
                return;
            }

            rank++;
            foreach (var name in token.Split('='))
            {
                if (name == "-")
                {
                    continue;
                }

                if (places[OptionOf(name) - 1] is not { } place)
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
        List<string> names = [];
        while (_lines.TryRead(out var line))
        {
            names.AddRange(QuotedName.Matches(LineReader.TextOf(line)).Select(match => match.Groups["name"].Value.Trim()));
        }

        if (names.Count < _all)
        {
            return;
        }

        _names = [.. names.Take(_all).Where((_, i) => !_withdrawn.Contains(i + 1))];
        CheckOptions(_names, _lines.Number);
    }

    private int OptionOf(string name) =>
        _nicknames.TryGetValue(name, out var number) ? number : Number(name, 1, _all);

    private int Number(string token, int least, int most) =>
        int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new BallotFormatException(_lines.Number, $"\"{token}\" is no number from {least} to {most}");

    /// <summary>The next line that says anything, without its comment.</summary>
    private string? Next()
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

    [GeneratedRegex("""
        "(?<name>[^"]*)"
        """)]
    private static partial Regex QuotedName { get; }
}
