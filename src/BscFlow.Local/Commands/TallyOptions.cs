using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Local.Commands;

/// <summary>What can be typed behind <c>bscflow tally FILE</c>.</summary>
internal sealed class TallyOptions
{
    private readonly Option<string?> _method = new("--method")
    {
        Description = $"How to count; needed for ballots: {string.Join(", ", MethodNames)}.",
        HelpName = "METHOD",
    };

    private readonly NumberOption<int> _seats = new("--seats", seats => seats > 0, "a number above 0")
    {
        Description = "How many can win. Without it: what the file says, all that the budget pays for, or one.",
    };

    private readonly Option<string[]> _caps = new("--cap")
    {
        Description = "How many seats each affiliation may hold (affiliation=2), or one of them (Northlight=1).",
        HelpName = "AFFILIATION=K",
    };

    private readonly NumberOption<decimal> _budget = new("--budget", budget => budget >= 0, "an amount")
    {
        Description = "Take options in order while their cost fits.",
        HelpName = "AMOUNT",
    };

    private readonly Option<bool> _fill = new("--fill")
    {
        Description = "Let a smaller option further down take what is left of the budget.",
    };

    private readonly NumberOption<long> _quorum = new("--quorum", quorum => quorum >= 0, "a number from 0")
    {
        Description = "How many ballots it takes.",
    };

    private readonly Option<string?> _floor = new("--floor")
    {
        Description = "The option that what wins must come before. Without it: \"None of the above\" and the like.",
        HelpName = "OPTION",
    };

    private readonly Option<string?> _lot = new("--lot")
    {
        Description = "Decide ties by lot, from this published seed.",
        HelpName = "SEED",
    };

    private readonly Option<string?> _chair = new("--chair")
    {
        Description = "Decide ties by the chair's order: \"B > A > C\".",
        HelpName = "ORDER",
    };

    private readonly Option<string?> _details = new("--options")
    {
        Description = "A CSV file with the columns name, affiliation and cost. "
            + "Without it: names like \"Ada Bell (Northlight) [12,000]\".",
        HelpName = "FILE",
    };

    private readonly Option<string?> _receipt = ReceiptWord.Create();

    private readonly Option<bool> _json = new("--json") { Description = "Print the result as JSON." };

    public TallyOptions()
    {
        _method.CompletionSources.Add(MethodNames);
        _method.Validators.Add(result => Require(
            result, MethodNames.Contains(result.GetValue(_method)), $"--method: say how to count: {string.Join(", ", MethodNames)}."));
        _caps.Validators.Add(result => Require(
            result,
            (result.GetValue(_caps) ?? []).All(cap => CapOf(cap) is not null),
            "--cap: give affiliation=K, with a number from 0."));
    }

    private static string[] MethodNames => [.. Enum.GetNames<CountingMethod>().Select(name => name.ToLowerInvariant())];

    public void AddTo(Command command)
    {
        Option[] options = [_method, _seats, _caps, _budget, _fill, _quorum, _floor, _lot, _chair, _details, _receipt, _json];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result => Require(
            result,
            result.GetValue(_lot) is null || result.GetValue(_chair) is null,
            "--lot and --chair are two ways to decide ties; give one."));
        command.Validators.Add(result => Require(
            result,
            !result.GetValue(_fill) || result.GetResult(_budget) is not null,
            "--fill: it says what to do with a --budget."));
    }

    public string? Receipt(ParseResult parsed) => parsed.GetValue(_receipt);

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="RefusalException">None is given.</exception>
    public CountingMethod Method(ParseResult parsed) =>
        parsed.GetValue(_method) is { } method
            ? Enum.Parse<CountingMethod>(method, ignoreCase: true)
            : throw new RefusalException($"--method: say how to count: {string.Join(", ", MethodNames)}.");

    /// <param name="seats">What the file says.</param>
    public CountRules Rules(ParseResult parsed, int? seats) => new()
    {
        Method = Method(parsed),
        Seats = parsed.GetValue(_seats) ?? seats,
        Caps = [.. (parsed.GetValue(_caps) ?? []).Select(cap => CapOf(cap)!)],
        Budget = parsed.GetValue(_budget),
        FillBudget = parsed.GetValue(_fill),
        Quorum = parsed.GetValue(_quorum) ?? 0,
        Floor = parsed.GetValue(_floor),
        TieBreak = parsed.GetValue(_lot) is { } seed ? new TieBreak.Lot(seed)
            : parsed.GetValue(_chair) is { } order ? new TieBreak.Chair([.. order.Split('>', StringSplitOptions.TrimEntries)])
            : new TieBreak.Listed(),
    };

    /// <summary>The options with what a cap or a budget has to know of them.</summary>
    /// <exception cref="RefusalException">The rules ask for what is not known.</exception>
    public IReadOnlyList<RankedOption> Details(ParseResult parsed, CountRules rules, IReadOnlyList<string> names)
    {
        IReadOnlyList<RankedOption> options =
        [
            .. parsed.GetValue(_details) is { } path
                ? Join(names, TallyCommand.InFile(path, () =>
                {
                    using var stream = TallyCommand.Open(path);
                    return OptionTable.Read(stream);
                }))
                : rules.Caps.Count > 0 || rules.Budget is not null ? names.Select(OptionName.Read)
                : names.Select(name => new RankedOption(name)),
        ];
        return rules.Floor is not null && rules.FloorOf(options) is null
                ? throw new RefusalException($"--floor: no option is called \"{rules.Floor}\"")
            : rules.Caps.Count > 0 && options.All(option => option.Affiliation is null)
                ? throw new RefusalException("--cap: no option has an affiliation; give them with --options FILE")
            : rules.Budget is not null && options.All(option => option.Cost == 0)
                ? throw new RefusalException("--budget: no option has a cost; give them with --options FILE")
            : UnknownOf(rules.TieBreak, names) is { } unknown
                ? throw new RefusalException($"--chair: no option is called \"{unknown}\"")
            : options;
    }

    private static IEnumerable<RankedOption> Join(IReadOnlyList<string> names, IReadOnlyList<RankedOption> details) =>
        names.Select(name => details.FirstOrDefault(option => option.Name == name) ?? new RankedOption(name));

    private static string? UnknownOf(TieBreak tieBreak, IReadOnlyList<string> names) =>
        tieBreak is TieBreak.Chair chair
            ? chair.Preference.FirstOrDefault(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase))
            : null;

    private static SeatCap? CapOf(string text) =>
        text.LastIndexOf('=') is > 0 and var equals
        && int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seats)
            ? new SeatCap(IsEach(text[..equals].Trim()) ? null : text[..equals].Trim(), seats)
            : null;

    private static bool IsEach(string name) => name.Equals("affiliation", StringComparison.OrdinalIgnoreCase);

    private static void Require(SymbolResult result, bool isRight, string message)
    {
        if (!isRight)
        {
            result.AddError(message);
        }
    }
}
