using System.Text.RegularExpressions;

namespace BscFlow.Actions;

/// <summary>One statement of the minutes that are being read.</summary>
internal sealed partial class ActionStatement(ActionMention mention)
{
    public ActionMention Mention { get; } = mention;

    public ActionWording Wording { get; } = new(mention);

    /// <summary>What stands before the first pause: "release checklist; two points are missing" names its task there.</summary>
    public ActionWording Head => field ??= Pause().Match(Mention.Text) is { Success: true } pause
        ? new(Mention with { Text = Mention.Text[..pause.Index] })
        : Wording;

    /// <summary>Carried, or marked done: it speaks of a task that was stated before.</summary>
    public bool LooksBack => Mention.Carried || Mention.Done;

    [GeneratedRegex(@"(?<=\w)(?:[;:.,]\s|\s[-–—(])")]
    private static partial Regex Pause();
}

/// <summary>A known item, or a new one where <paramref name="Item"/> is null, and what the minutes say of it.</summary>
internal sealed record ActionMatch(ActionItem? Item, IReadOnlyList<ActionStatement> Said);

/// <summary>Tells which statements of a meeting speak of known items.</summary>
/// <remarks>
/// Two statements are one task when their owners meet and their wordings are alike enough. How much is enough depends on what
/// the statement claims of itself, see <see cref="Needed"/>; the figures were set on the labelled pairs in the tests.
/// </remarks>
/// <param name="wordings">Of what was said before.</param>
internal sealed class ActionMatching(ActionWordings wordings)
{
    /// <summary>A statement that does not look back is about a task heard of in the last half year, or it is a new one.</summary>
    private const int DaysRemembered = 183;

    /// <summary>How far "previous action item" reaches.</summary>
    internal const int DaysLookedBack = 400;

    /// <summary>What was written of a meeting and is written a little otherwise now, in the same minutes.</summary>
    private const double Edited = 0.5;

    /// <summary>
    /// Minutes that list at their end what they stated in between hardly change a word, and two tasks that one person takes on
    /// in one meeting are often alike.
    /// </summary>
    private const double Repeated = 0.85;

    /// <summary>The known items that the minutes speak of or spoke of before, and the new ones as they are stated.</summary>
    /// <param name="meeting">Number of the meeting whose minutes are read, or null.</param>
    /// <param name="date">Its date.</param>
    /// <param name="isNew">It spoke of no known item before.</param>
    public IReadOnlyList<ActionMatch> Match(
        IReadOnlyList<ActionItem> known, IReadOnlyList<ActionStatement> statements, int? meeting, DateOnly date, bool isNew)
    {
        Dictionary<ActionStatement, List<ActionStatement>> groups = [];
        SortedDictionary<int, List<ActionStatement>> said = [];
        foreach (var (statement, item, _) in Alike(known, statements, meeting, date, isNew))
        {
            if (!groups.ContainsKey(statement) && !said.ContainsKey(item))
            {
                groups[statement] = said[item] = [statement];
            }
        }

        List<List<ActionStatement>> stated = [];
        foreach (var statement in statements.Where(statement => !groups.ContainsKey(statement)))
        {
            var group = groups.FirstOrDefault(pair => IsRepeated(pair.Key, statement)).Value;
            if (group is null)
            {
                stated.Add(group = []);
            }

            group.Add(statement);
            groups[statement] = group;
        }

        for (var i = 0; !isNew && i < known.Count; i++)
        {
            if (known[i].Mentions.Any(mention => mention.IsOf(meeting, date)))
            {
                said.TryAdd(i, []);
            }
        }

        return
        [
            .. said.Select(item => new ActionMatch(known[item.Key], item.Value)),
            .. stated.Select(group => new ActionMatch(null, group)),
        ];
    }

    /// <summary>Which statement may be about which item, by its place, the likeliest first.</summary>
    private IEnumerable<(ActionStatement Statement, int Item, double Likeness)> Alike(
        IReadOnlyList<ActionItem> known, IReadOnlyList<ActionStatement> statements, int? meeting, DateOnly date, bool isNew)
    {
        List<(ActionStatement Statement, int Item, double Likeness)> pairs = [];
        foreach (var statement in statements)
        {
            for (var i = 0; i < known.Count; i++)
            {
                if ((!isNew || MayMean(statement, known[i])) && Likeness(known[i], statement, meeting, date) is > 0 and var likeness)
                {
                    pairs.Add((statement, i, likeness));
                }
            }
        }

        return pairs.OrderByDescending(pair => pair.Likeness)
            .ThenByDescending(pair => known[pair.Item].LastSeen)
            .ThenBy(pair => known[pair.Item].Id, StringComparer.Ordinal);
    }

    /// <summary>Told from an item alone, of which its own minutes did not speak yet: no mention of it is later than its last.</summary>
    private static bool MayMean(ActionStatement statement, ActionItem item) => statement.LooksBack
        || (item.LastSeen >= statement.Mention.Date.AddDays(-DaysRemembered)
            && (item.State is ActionState.Open || item.LastSeen >= statement.Mention.Date));

    /// <summary>0 where the statement is not about the item.</summary>
    private double Likeness(ActionItem item, ActionStatement statement, int? meeting, DateOnly date)
    {
        var best = 0.0;
        ActionMention? before = null;
        for (var i = 0; i < item.Mentions.Count; i++)
        {
            var mention = item.Mentions[i];
            if (mention.IsOf(meeting, date))
            {
                best = Math.Max(best, LikenessToEarlierText(mention, statement));
            }
            else if (before is null || mention.Date <= statement.Mention.Date)
            {
                before = mention;
            }
        }

        if (before is null || !IsRemembered(item, before, statement))
        {
            return best;
        }

        best = Math.Max(best, LikenessToMention(before, OwnersOf(before, item), statement));
        return ReferenceEquals(before, item.Mentions[0])
            ? best
            : Math.Max(best, LikenessToMention(item.Mentions[0], OwnersOf(item.Mentions[0], item), statement));
    }

    /// <summary>Whoever the item was given to since may be named for it, and so may whoever had it.</summary>
    private static IReadOnlyList<string> OwnersOf(ActionMention mention, ActionItem item) =>
        item.Edits.Count > 0 && item.Edits.Any(edit => edit.Owners is not null) ? [.. mention.Owners, .. item.Owners] : mention.Owners;

    /// <summary>To what the same minutes said when they were last read; word for word ranks above all else.</summary>
    private double LikenessToEarlierText(ActionMention earlier, ActionStatement statement)
    {
        if (!OwnersMeet(earlier.Owners, statement.Mention.Owners))
        {
            return earlier.Text == statement.Mention.Text ? 1 : 0;
        }

        if (earlier.Text == statement.Mention.Text)
        {
            return earlier.Line == statement.Mention.Line ? 3 : 2;
        }

        return wordings.Of(earlier).Likeness(statement.Wording, Edited);
    }

    private double LikenessToMention(ActionMention earlier, IReadOnlyList<string> owners, ActionStatement statement)
    {
        var ownersMeet = OwnersMeet(owners, statement.Mention.Owners);
        var needed = Needed(owners, statement, ownersMeet);
        if (double.IsInfinity(needed))
        {
            return 0;
        }

        var wording = wordings.Of(earlier);
        if (wording.IsThin || statement.Wording.IsThin)
        {
            if (!ownersMeet || !statement.LooksBack)
            {
                return 0;
            }

            needed = 1;
        }

        var likeness = wording.Likeness(statement.Wording, needed);
        if (statement.LooksBack && !statement.Head.IsThin)
        {
            likeness = Math.Max(likeness, wording.Likeness(statement.Head, needed));
        }

        return likeness;
    }

    private static bool IsRemembered(ActionItem item, ActionMention before, ActionStatement statement)
    {
        var days = Math.Abs(statement.Mention.Date.DayNumber - before.Date.DayNumber);
        var reopens = item.State is not ActionState.Open && item.LastSeen < statement.Mention.Date;
        return statement.LooksBack ? days <= DaysLookedBack : days <= DaysRemembered && !reopens;
    }

    /// <summary>
    /// A statement that looks back searches for its item, so little more than half is enough; any other is new unless it
    /// says nearly the same.
    /// With nobody named on one side, or somebody else, the words alone have to tell.
    /// </summary>
    private static double Needed(IReadOnlyList<string> owners, ActionStatement statement, bool ownersMeet)
    {
        if (ownersMeet)
        {
            return statement.LooksBack ? 0.6 : 0.85;
        }

        var unnamed = owners.Count == 0 || statement.Mention.Owners.Count == 0;
        return (unnamed, statement.LooksBack) switch
        {
            (true, true) => 0.75,
            (true, false) => 0.9,
            (false, true) => 0.85,
            (false, false) => double.PositiveInfinity,
        };
    }

    private static bool IsRepeated(ActionStatement said, ActionStatement statement) =>
        OwnersMeet(said.Mention.Owners, statement.Mention.Owners)
        && !said.Wording.IsThin
        && !statement.Wording.IsThin
        && said.Wording.Likeness(statement.Wording, Repeated) > 0;

    private static bool OwnersMeet(IReadOnlyList<string> some, IReadOnlyList<string> others)
    {
        for (var i = 0; i < some.Count; i++)
        {
            for (var k = 0; k < others.Count; k++)
            {
                if (some[i].Equals(others[k], StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return some.Count == 0 && others.Count == 0;
    }
}
