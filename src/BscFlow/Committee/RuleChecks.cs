namespace BscFlow.Committee;

/// <summary>Checks how a charter says that the committee decides.</summary>
internal sealed class RuleChecks(CharterErrors errors)
{
    /// <summary>What an ordinary motion needs must be said: it is the rule of every motion that names none.</summary>
    private const string Ordinary = "ordinary";

    private static readonly Threshold Unusable = new(new Fraction(1, 1), MoreThan: false, Body.Entire);

    public Threshold Quorum(ThresholdFile? file)
    {
        if (file is null)
        {
            errors.Add("quorum", "is missing; write one such as { \"needs\": \"at least 3/5\" }");
            return Unusable;
        }

        var quorum = Threshold(file.Needs, file.Of ?? "entire", "quorum");
        if (quorum.Of is not Body.Entire)
        {
            errors.Add("quorum.of", "must be entire: a quorum is a share of all members in office");
        }

        return quorum;
    }

    public IReadOnlyDictionary<string, VoteRule> Rules(IReadOnlyDictionary<string, RuleFile?>? files)
    {
        var rules = new Dictionary<string, VoteRule>();
        foreach (var (name, file) in files ?? new Dictionary<string, RuleFile?>())
        {
            var path = $"rules.{name}";
            if (!CharterValues.IsId(name))
            {
                errors.Add(path, "has a name that is not made of lower-case letters, digits and single hyphens");
            }

            if (file is null)
            {
                errors.Add(path, "is missing");
            }
            else
            {
                rules[name] = Rule(file, path);
            }
        }

        if (files?.ContainsKey(Ordinary) is not true)
        {
            errors.Add($"rules.{Ordinary}", "is missing; it is the rule for motions that name none");
        }

        return rules;
    }

    public MotionRules Motions(MotionsFile? file)
    {
        var usual = new MotionRules();
        if (file is null)
        {
            return usual;
        }

        var rules = new MotionRules
        {
            Open = errors.Duration(file.Open, "motions.open", usual.Open),
            Minimum = errors.Duration(file.Minimum, "motions.minimum", usual.Minimum),
            CloseEarly = file.CloseEarly ?? usual.CloseEarly,
        };
        if (rules.Open <= TimeSpan.Zero)
        {
            errors.Add("motions.open", "must be more than nothing");
        }
        else if (rules.Minimum > rules.Open)
        {
            errors.Add("motions.minimum", "must not be longer than motions.open");
        }

        return rules;
    }

    private VoteRule Rule(RuleFile file, string path)
    {
        var isShort = file.Needs is not null || file.Of is not null;
        if (isShort && (file.InMeeting is not null || file.ByMail is not null))
        {
            errors.Add(path, "has both the short form (needs, of) and the long one (inMeeting, byMail)");
        }

        var rule = isShort ? Short(file, path) : Long(file, path);
        if (rule.ByMail.Of is Body.Present)
        {
            errors.Add(isShort ? $"{path}.of" : $"{path}.byMail.of", "cannot be present by mail; use cast, entire or others");
        }

        if (rule.InMeeting.Of is Body.Others != rule.ByMail.Of is Body.Others)
        {
            errors.Add(path, "is of the others in one way of voting only; a motion has a subject or has none");
        }

        return rule;
    }

    private VoteRule Short(RuleFile file, string path)
    {
        var threshold = Threshold(file.Needs, file.Of, path);
        return new VoteRule { InMeeting = threshold, ByMail = threshold, RatifiedBy = RatifiedBy(file, path) };
    }

    private VoteRule Long(RuleFile file, string path) => new()
    {
        InMeeting = Part(file.InMeeting, $"{path}.inMeeting"),
        ByMail = Part(file.ByMail, $"{path}.byMail"),
        RatifiedBy = RatifiedBy(file, path),
    };

    private Threshold Part(ThresholdFile? file, string path)
    {
        if (file is not null)
        {
            return Threshold(file.Needs, file.Of, path);
        }

        errors.Add(path, "is missing");
        return Unusable;
    }

    public Threshold Threshold(string? needs, string? of, string path)
    {
        var written = errors.Required(needs, $"{path}.needs");
        if (!CharterValues.TryNeeds(written, out var share, out var moreThan, out var problem))
        {
            errors.Add($"{path}.needs", problem);
        }

        return new Threshold(share, moreThan, Of(of, $"{path}.of"));
    }

    private Body Of(string? written, string path)
    {
        switch (errors.Required(written, path))
        {
            case "cast":
                return Body.Cast;
            case "present":
                return Body.Present;
            case "entire":
                return Body.Entire;
            case "others":
                return Body.Others;
            default:
                errors.Add(path, $"is \"{written}\"; it is one of cast, present, entire, others");
                return Body.Entire;
        }
    }

    private string? RatifiedBy(RuleFile file, string path) =>
        file.RatifiedBy is null ? null : errors.Required(file.RatifiedBy, $"{path}.ratifiedBy");
}
