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
            result,
            MethodNames.Contains(result.GetValue(_method)),
            $"--method: say how to count: {string.Join(", ", MethodNames)}."));
        _caps.Validators.Add(result => Require(
            result,
            (result.GetValue(_caps) ?? []).All(cap => CapOf(cap) is not null),
            "--cap: give affiliation=K, with a number from 0."));
    }

    private static string[] MethodNames => [.. Enum.GetNames<CountingMethod>().Select(name => name.ToLowerInvariant())];

    /// <summary>What says how ballots are counted; of a published tally that stands in the file.</summary>
    private Option[] Counting => [_method, _seats, _caps, _budget, _fill, _quorum, _floor, _lot, _chair, _details];

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[.. Counting, _receipt, _json])
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

    /// <exception cref="RefusalException">Something is said of how to count what says itself how it is counted.</exception>
    public void RequireNoneOfCounting(ParseResult parsed)
    {
        if (Counting.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } given)
        {
            throw new RefusalException($"{given.Name}: a tally.json says itself how it is counted.");
        }
    }

    /// <exception cref="RefusalException">A receipt is to be found in a file that has none.</exception>
    public void RequireNoReceipt(ParseResult parsed)
    {
        if (Receipt(parsed) is not null)
        {
            throw new RefusalException($"{_receipt.Name}: only the tally.json of a secret vote has receipts.");
        }
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="RefusalException">None is given.</exception>
    public CountingMethod Method(ParseResult parsed) =>
        parsed.GetValue(_method) is { } method
            ? Enum.Parse<CountingMethod>(method, ignoreCase: true)
            : throw new RefusalException($"--method: say how to count: {string.Join(", ", MethodNames)}.");

    /// <param name="seats">What the file says.</param>
    /// <exception cref="RefusalException">They leave out what the method needs.</exception>
    public CountRules Rules(ParseResult parsed, int? seats) => new()
    {
        Method = Method(parsed),
        Seats = parsed.GetValue(_seats) ?? seats ?? (parsed.GetValue(_budget) is null || !Transfers(Method(parsed)) ? null
            : throw new RefusalException("--budget: a count that transfers votes needs --seats too.")),
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
            parsed.GetValue(_details) is { } path ? TallyCommand.InFile(path, () => Join(names, path, rules))
            : rules.Caps.Count > 0 || rules.Budget is not null ? [.. names.Select(Read)]
            : [.. names.Select(name => new RankedOption(name))];
        return rules.Floor is not null && rules.FloorOf(options) is null
                ? throw new RefusalException($"--floor: no option is called \"{rules.Floor}\"")
            : rules.Caps.Count > 0 && options.All(option => option.Affiliation is null)
                ? throw new RefusalException("--cap: no option has an affiliation; give them with --options FILE")
            : rules.Budget is not null && options.All(option => option.Cost == 0)
                ? throw new RefusalException("--budget: no option has a cost; give them with --options FILE")
            : WrongIn(rules, options) is { } wrong
                ? throw new RefusalException($"--chair: {wrong}")
            : options;
    }

    private static RankedOption Read(string name)
    {
        try
        {
            return OptionName.Read(name);
        }
        catch (FormatException wrong)
        {
            throw new RefusalException(wrong.Message, wrong);
        }
    }

    /// <summary>
    /// Whom the table leaves out has no affiliation; what it leaves out has no cost, and no budget can be cut by it.
    /// </summary>
    /// <exception cref="BallotFormatException">The table names what is no option, or leaves out a cost.</exception>
    private static List<RankedOption> Join(IReadOnlyList<string> names, string path, CountRules rules)
    {
        using var stream = TallyCommand.Open(path);
        var details = OptionTable.Read(stream);
        if (details.FirstOrDefault(option => !names.Contains(option.Name)) is { } unknown)
        {
            throw new BallotFormatException(0, $"\"{unknown.Name}\" is no option of the ballots");
        }

        var known = details.ToDictionary(option => option.Name, StringComparer.Ordinal);
        if (rules.Budget is not null
            && names.FirstOrDefault(name => !known.ContainsKey(name)) is { } missing
            && rules.FloorOf([new RankedOption(missing)]) is null)
        {
            throw new BallotFormatException(0, $"the option \"{missing}\" of the ballots is missing");
        }

        return [.. names.Select(name => known.GetValueOrDefault(name) ?? new RankedOption(name))];
    }

    private static string? WrongIn(CountRules rules, IReadOnlyList<RankedOption> options)
    {
        if (rules.TieBreak is not TieBreak.Chair { Preference: var order })
        {
            return null;
        }

        var floor = rules.FloorOf(options);
        return order.FirstOrDefault(name => !options.Any(option => Same(option.Name, name))) is { } unknown
                ? $"no option is called \"{unknown}\""
            : order.Distinct(StringComparer.OrdinalIgnoreCase).Count() < order.Count ? "an option stands in it twice"
            : options.Index().FirstOrDefault(option => option.Index != floor && !order.Any(name => Same(name, option.Item.Name))).Item is { } left
                ? $"\"{left.Name}\" is missing, and the chair decides only between options that the order names"
            : null;

        static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
    }

    private static SeatCap? CapOf(string text) =>
        text.LastIndexOf('=') is > 0 and var equals
        && int.TryParse(text.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var seats)
            ? new SeatCap(IsEach(text[..equals].Trim()) ? null : text[..equals].Trim(), seats)
            : null;

    private static bool Transfers(CountingMethod method) => method is CountingMethod.Stv or CountingMethod.Scottish;

    private static bool IsEach(string name) => name.Equals("affiliation", StringComparison.OrdinalIgnoreCase);

    private static void Require(SymbolResult result, bool isRight, string message)
    {
        if (!isRight)
        {
            result.AddError(message);
        }
    }
}
