using BscFlow.Committee;

namespace BscFlow.Votes;

/// <summary>How a motion opens, and what keeps it from it.</summary>
public sealed partial record Motion
{
    /// <summary>On the sheet such a line can be told from all others, and with it how its voter voted.</summary>
    private const string ShownRecusal = "nobody can be recused in a secret vote: the sheet would show how they voted";

    /// <summary>Characters of all links as they are kept: what a property of a table holds.</summary>
    private const int LongestLinks = 30_000;

    private const string TooManyLinks = "its links are more than can be kept; link to a page that has them";

    private const string TooFar = "its deadline is more than a year away, and cannot be brought forward again";

    /// <summary>Opens a motion: the electorate and the rule are frozen here.</summary>
    public static MotionChange Open(Charter charter, Roster roster, MotionDraft draft, DateTimeOffset now)
    {
        if (!charter.Rules.TryGetValue(draft.Rule, out var rule))
        {
            return new MotionChange.Refused($"the charter has no rule \"{draft.Rule}\"");
        }

        var electorate = draft.Electorate ?? Electorate.On(roster, charter.DayOf(now), rule.HasSubject ? draft.Subject : null);
        var deadline = draft.Deadline ?? now + charter.Motions.Open;
        var options = draft.Options?.Under(charter.Elections, QuorumOf(charter, electorate));
        var refusal = WrongText(draft.Title, draft.Text)
            ?? (MotionRow.LinksJson(draft.Links).Length > LongestLinks ? TooManyLinks : null)
            ?? WrongPeople(draft, rule, electorate)
            ?? options?.Refusal(electorate)
            ?? options?.TieRefusal(charter.Elections)
            ?? (draft.Secret && options?.Options.Any(option => option.Recused.Count > 0) is true ? ShownRecusal : null)
            ?? (draft is { Options: not null, Consensus: true } ? "options are not carried by consensus" : null)
            ?? (draft is { Options: null, Electorate: not null }
                ? "others than the committee are asked about options only"
                : null)
            ?? (!IsId(draft.Id) ? "its id is not made of lower-case letters, digits and hyphens"
                : deadline <= now ? "its deadline has passed already"
                : IsTooFar(deadline, now) ? TooFar
                : deadline < now + charter.Motions.Minimum ? $"its deadline leaves less than {Days(charter.Motions.Minimum)}"
                : null);
        return refusal is not null
            ? new MotionChange.Refused(refusal)
            : new MotionChange.Made(new Motion
            {
                Committee = charter.Id,
                Id = draft.Id,
                Title = draft.Title,
                Text = draft.Text,
                Links = draft.Links,
                Rule = Votes.Rule.Of(charter, draft.Rule, consensus: draft.Consensus),
                Electorate = electorate,
                Options = options,
                Meeting = draft.Meeting,
                ForQuorum = draft.ForQuorum,
                Mover = draft.Mover,
                Seconder = draft.Seconder,
                Secret = draft.Secret,
                Opened = now,
                Deadline = deadline,
                EarliestClose = charter.Motions.CloseEarly ? now + charter.Motions.Minimum : null,
                Buckets = BucketsFor(electorate.Size),
                News = MotionNews.Opened,
            });
    }

    /// <summary>
    /// How many answers a vote over options takes by the charter: of a committee its quorum, where it says nothing else.
    /// </summary>
    private static long QuorumOf(Charter charter, Electorate electorate) =>
        charter.Elections.Quorum?.Needed(electorate.Size)
            ?? (electorate.IsImported ? 0 : charter.Quorum.Needed(electorate.Size));

    /// <summary>
    /// A partition takes some thousand ballots a second; more of them than needed would only make a count slower.
    /// </summary>
    private static int BucketsFor(int voters) => voters switch
    {
        <= 1_000 => 1,
        <= 10_000 => 4,
        _ => 16,
    };

    private static string? WrongPeople(MotionDraft draft, VoteRule rule, Electorate electorate)
    {
        if (rule.HasSubject && (draft.Subject is null || !electorate.Members.Contains(draft.Subject)))
        {
            return $"a motion under the rule \"{draft.Rule}\" names the member in office whom it is about";
        }

        if (!rule.HasSubject && draft.Subject is not null)
        {
            return $"the rule \"{draft.Rule}\" leaves nobody out";
        }

        foreach (var person in (ReadOnlySpan<string?>)[draft.Mover, draft.Seconder])
        {
            if (person is not null && !electorate.Members.Contains(person))
            {
                return $"\"{person}\" is no member in office";
            }
        }

        return draft.Seconder is not null && draft.Seconder == draft.Mover ? "nobody seconds their own motion"
            : electorate.Size == 0 ? "nobody is in office to vote"
            : null;
    }

    /// <summary>A slip in the year, rather than what anybody means.</summary>
    private static bool IsTooFar(DateTimeOffset deadline, DateTimeOffset now) => deadline > now.AddYears(1).AddDays(1);

    private static bool IsId(string id) =>
        id.Length is > 0 and <= 80 && id[0] != '-' && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Days(TimeSpan time) => time == TimeSpan.FromDays(1) ? "a day" : $"{time.TotalDays:0.##} days";
}
