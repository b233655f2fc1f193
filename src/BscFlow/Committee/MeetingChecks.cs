using NodaTime;

namespace BscFlow.Committee;

/// <summary>Checks when a charter says that the committee meets, and when its steps are due.</summary>
internal sealed class MeetingChecks(CharterErrors errors)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <param name="zone">Null where the zone is wrong itself; then what depends on it is not checked.</param>
    public MeetingRules Rules(MeetingsFile? file, DateTimeZone? zone)
    {
        if (file is null)
        {
            errors.Add("meetings", "is missing; it holds at least rule and start");
            return new MeetingRules { Rule = "", Start = default };
        }

        var rule = errors.Required(file.Rule, "meetings.rule");
        var start = errors.RequiredTime(file.Start, "meetings.start");
        var recurrence = Recurrence(rule, start, "meetings", zone);
        var rules = new MeetingRules
        {
            Rule = rule,
            Start = start,
            Length = Length(file.Length),
            Special = Special(file.Special),
            Cancelled = [.. Each(file.Cancelled, "meetings.cancelled", errors.RequiredDate)],
            CancelledKeepsNumber = file.CancelledKeepsNumber ?? false,
            Place = file.Place,
            Earlier = Earlier(file.Earlier, start, zone),
        };
        if (recurrence is not null)
        {
            CheckCancelled(rules.Cancelled, recurrence);
        }

        return rules;
    }

    public LeadTimes LeadTimes(LeadTimesFile? file)
    {
        var usual = new LeadTimes();
        if (file is null)
        {
            return usual;
        }

        var times = new LeadTimes
        {
            Draft = errors.Duration(file.Draft, "leadTimes.draft", usual.Draft),
            Reminder = errors.Duration(file.Reminder, "leadTimes.reminder", usual.Reminder),
            Minutes = errors.Duration(file.Minutes, "leadTimes.minutes", usual.Minutes),
            Objections = errors.Duration(file.Objections, "leadTimes.objections", usual.Objections),
        };
        if (times.Reminder >= times.Draft)
        {
            errors.Add("leadTimes.reminder", "must be shorter than leadTimes.draft: the reminder goes out after the agenda");
        }

        return times;
    }

    private Recurrence? Recurrence(string rule, DateTime start, string path, DateTimeZone? zone)
    {
        if (rule.Length == 0 || start == default || zone is null)
        {
            return null;
        }

        if (!Committee.Recurrence.TryCreate(rule, start, zone, out var recurrence, out var problem))
        {
            errors.Add($"{path}.rule", problem);
            return null;
        }

        var first = recurrence.From(start).Select(time => (DateTime?)time).FirstOrDefault();
        if (first is null)
        {
            errors.Add($"{path}.rule", $"never occurs from {CharterValues.Text(start)} on");
            return null;
        }

        if (first != start)
        {
            var (written, next) = (CharterValues.Text(start), CharterValues.Text(first.Value));
            errors.Add($"{path}.start", $"is {written}, when the rule does not meet; its next time is {next}");
        }

        return recurrence;
    }

    private TimeSpan Length(string? text)
    {
        var length = errors.Duration(text, "meetings.length", TimeSpan.FromHours(1));
        if (length <= TimeSpan.Zero || length > Day)
        {
            errors.Add("meetings.length", "must be more than nothing and at most a day");
        }

        return length;
    }

    private List<DateTime> Special(IReadOnlyList<string?>? written)
    {
        var special = Each(written, "meetings.special", errors.RequiredTime).ToList();
        for (var i = 0; i < special.Count; i++)
        {
            if (special.IndexOf(special[i]) < i)
            {
                errors.Add($"meetings.special[{i}]", "is listed twice");
            }
        }

        return special;
    }

    private List<EarlierRule> Earlier(IReadOnlyList<EarlierFile?>? written, DateTime start, DateTimeZone? zone)
    {
        var earlier = new List<EarlierRule>();
        foreach (var (file, i) in (written ?? []).Select((file, i) => (file, i)))
        {
            var path = $"meetings.earlier[{i}]";
            var rule = new EarlierRule(
                errors.Required(file?.Rule, $"{path}.rule"), errors.RequiredTime(file?.Start, $"{path}.start"));
            Recurrence(rule.Rule, rule.Start, path, zone);
            if (earlier.Count > 0 && earlier[^1].Start >= rule.Start)
            {
                errors.Add($"{path}.start", "must be after the start of the recurrence before it");
            }
            else if (start != default && rule.Start >= start)
            {
                errors.Add($"{path}.start", "must be before meetings.start");
            }

            earlier.Add(rule);
        }

        return earlier;
    }

    private void CheckCancelled(IReadOnlyList<DateOnly> cancelled, Recurrence recurrence)
    {
        for (var i = 0; i < cancelled.Count; i++)
        {
            var day = cancelled[i];
            if (cancelled.Take(i).Contains(day))
            {
                errors.Add($"meetings.cancelled[{i}]", "is listed twice");
            }
            else if (day >= DateOnly.FromDateTime(recurrence.Start)
                && !recurrence.From(day.ToDateTime(TimeOnly.MinValue)).Select(DateOnly.FromDateTime).Take(1).Contains(day))
            {
                errors.Add(
                    $"meetings.cancelled[{i}]", $"is {CharterValues.Text(day)}, on which the committee does not meet anyway");
            }
        }
    }

    private static IEnumerable<T> Each<T>(IReadOnlyList<string?>? written, string path, Func<string?, string, T> read) =>
        (written ?? []).Select((text, i) => read(text, $"{path}[{i}]"));
}
