namespace BscFlow.Committee;

/// <summary>Checks how a charter says that the committee elects.</summary>
internal sealed class ElectionChecks(CharterErrors errors, RuleChecks rules)
{
    private const int LongestName = 200;

    public ElectionRules Rules(ElectionsFile? file) => file is null ? new ElectionRules() : new ElectionRules
    {
        TieBreak = TieBreak(file.TieBreak),
        Quorum = file.Quorum is null ? null : Quorum(file.Quorum),
        Floor = Floor(file.Floor),
        Caps = Caps(file.Caps ?? []),
    };

    private TieRule? TieBreak(string? written)
    {
        switch (written)
        {
            case null:
                return null;
            case "lot":
                return TieRule.Lot;
            case "chair":
                return TieRule.Chair;
            default:
                errors.Add("elections.tieBreak", $"is \"{written}\"; it is one of lot, chair");
                return null;
        }
    }

    private Threshold Quorum(ThresholdFile file)
    {
        var quorum = rules.Threshold(file.Needs, file.Of ?? "entire", "elections.quorum");
        if (quorum.Of is not Body.Entire)
        {
            errors.Add("elections.quorum.of", "must be entire: it is a share of all who are asked");
        }

        return quorum;
    }

    private string? Floor(string? written)
    {
        if (written is null)
        {
            return null;
        }

        var name = errors.Required(written, "elections.floor");
        if (name.Contains('\n', StringComparison.Ordinal) || name.Length > LongestName)
        {
            errors.Add("elections.floor", $"is the name of an option: one line of at most {LongestName} characters");
        }

        return name;
    }

    private List<AffiliationCap> Caps(IReadOnlyList<CapFile?> files)
    {
        List<AffiliationCap> caps = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (i, file) in files.Index())
        {
            var path = $"elections.caps[{i}]";
            if (file?.Seats is not { } seats)
            {
                errors.Add($"{path}.seats", "is missing");
                continue;
            }

            if (seats < 1)
            {
                errors.Add($"{path}.seats", "must be at least 1");
            }

            var affiliation = file.Affiliation is null ? null : errors.Required(file.Affiliation, $"{path}.affiliation");
            if (!seen.Add(affiliation ?? ""))
            {
                errors.Add(
                    $"{path}.affiliation",
                    affiliation is null ? "is left out a second time" : $"lists {affiliation} a second time");
            }

            caps.Add(new AffiliationCap(affiliation, seats));
        }

        return caps;
    }
}
