using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>Follows tasks through the minutes: which of them are new, and which were spoken of before.</summary>
/// <remarks>
/// An item keeps where the minutes speak of it and what people changed beside them, and everything else follows from that. So
/// minutes can be edited and read again: what this meeting said before is forgotten first, an item that no minutes state any
/// more is removed, and the rest keep their ids and their changes. Reading changes nothing by itself; <see cref="ActionChanges"/> says what is to be stored.
/// </remarks>
public static partial class ActionRegister
{
    /// <summary>Characters kept of a statement; a task that takes more is told in the minutes.</summary>
    public const int LongestText = 500;

    /// <summary>
    /// Statements of one meeting that are followed. Each is held against each and against all that is known, and no meeting that people
    /// hold has as many.
    /// </summary>
    public const int MostStatements = 500;

    /// <summary>Items that nobody can mean any more are looked for now and then.</summary>
    private const int DaysBetweenSweeps = 30;

    /// <summary>Meetings whose statements are worked out on all cores at once.</summary>
    private const int MeetingsAtOnce = 256;

    /// <summary>Mentions kept of one item: the first, and the latest of the rest.</summary>
    public const int MostMentions = 40;

    /// <summary>Changes kept of one item: the latest.</summary>
    public const int MostEdits = 40;

    /// <summary>Reads one meeting's minutes against the register. The order of meetings should be that of their dates.</summary>
    /// <param name="known">
    /// Items of the committee, closed ones too: they tell a late "done" from a new task. Those that
    /// <see cref="ActionStore.KnownToAsync"/> reads do; more make no difference.
    /// </param>
    /// <param name="nextMeeting">Date of the meeting after this one, for "before next meeting".</param>
    /// <returns>Nothing to change for minutes without a date: what they state would have no age.</returns>
    public static ActionChanges Read(
        IReadOnlyList<ActionItem> known, MeetingMinutes minutes, Roster roster, DateOnly? nextMeeting)
    {
        return minutes.Date is { } date
            ? Read(known, StatementsOf(minutes, date, roster, nextMeeting), minutes.Number, date, isNew: false, new ActionWordings())
            : ActionChanges.None;
    }

    /// <param name="isNew">No known item was spoken of by this meeting.</param>
    private static ActionChanges Read(
        IReadOnlyList<ActionItem> known,
        IReadOnlyList<ActionStatement> statements,
        int? meeting,
        DateOnly date,
        bool isNew,
        ActionWordings wordings)
    {
        wordings.Add(statements);
        var key = Keys.MeetingOrDay(meeting, date);
        int? number = isNew ? 0 : null;
        List<ActionItem> saved = [];
        List<ActionItem> removed = [];
        HashSet<int> left = [];
        foreach (var (item, said) in new ActionMatching(wordings).Match(known, statements, meeting, date, isNew))
        {
            var mentions = Mentions(item, said, meeting, date);
            if (mentions.Count == 0)
            {
                removed.Add(item!);
            }
            else if (item is null || !Same(item.Mentions, mentions))
            {
                var derived = DerivedAction.Of(item?.Id ?? NextId(), mentions, item?.Edits ?? [], wordings);
                saved.Add(derived with { ETag = item?.ETag ?? default });
                left.UnionWith(item?.Years.Except(derived.Years) ?? []);
            }
        }

        return new ActionChanges([.. saved.OrderBy(item => item.Id, StringComparer.Ordinal)], removed) { Left = left };

        string NextId()
        {
            number = (number ?? known.Select(item => RunningNumber(item.Id, key)).DefaultIfEmpty().Max()) + 1;
            return string.Create(CultureInfo.InvariantCulture, $"{key}-{number}");
        }
    }

    /// <summary>The register of a whole archive, read in the order of dates.</summary>
    public static IReadOnlyList<ActionItem> ReadAll(IEnumerable<MeetingMinutes> meetings, Roster roster) =>
        ReadOn([], meetings, roster, after: null);

    /// <summary>The register after more meetings, which were held after all of those that it was read from so far.</summary>
    /// <param name="known">Of the register so far at least what was spoken of in the time that people look back.</param>
    /// <param name="after">Date of the first meeting after these, where there is one.</param>
    /// <returns>What was known, and what is new.</returns>
    public static IReadOnlyList<ActionItem> ReadOn(
        IReadOnlyList<ActionItem> known, IEnumerable<MeetingMinutes> meetings, Roster roster, DateOnly? after)
    {
        var dated = meetings.Where(minutes => minutes.Date is not null);
        List<MeetingMinutes> ordered = [.. dated.OrderBy(minutes => minutes.Date).ThenBy(minutes => minutes.Number)];
        var next = NextDates(ordered, after);
        var register = known.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var keys = known.SelectMany(item => item.Mentions).Select(mention => mention.MeetingKey).ToHashSet(StringComparer.Ordinal);

        // What was not heard of for so long that no minutes can mean it any more is not looked through again.
        List<ActionItem> heard = [.. known];
        var wordings = new ActionWordings();
        var sweep = DateOnly.MinValue;
        foreach (var (minutes, statements) in Stated())
        {
            var (meeting, date) = (minutes.Number, minutes.Date!.Value);
            var isNew = keys.Add(Keys.MeetingOrDay(meeting, date));
            if (isNew && statements.Count == 0)
            {
                continue;
            }

            if (date >= sweep)
            {
                heard.RemoveAll(item => IsForgotten(item, date));
                sweep = date.AddDays(DaysBetweenSweeps);
            }

            var changes = Read(isNew ? heard : [.. register.Values], statements, meeting, date, isNew, wordings);
            foreach (var item in changes.Removed)
            {
                register.Remove(item.Id);
                heard.RemoveAll(known => known.Id == item.Id);
            }

            foreach (var item in changes.Saved)
            {
                register[item.Id] = item;
                Put(heard, item);
            }
        }

        return [.. register.Values.OrderBy(item => item.Id, StringComparer.Ordinal)];

        // What a meeting says is told from its minutes alone, of the next meetings on other cores meanwhile; what it means, by all that
        // was said before.
        IEnumerable<(MeetingMinutes Minutes, List<ActionStatement> Statements)> Stated()
        {
            var ahead = Work([]);
            foreach (var some in Enumerable.Range(0, ordered.Count).Chunk(MeetingsAtOnce).Append([]))
            {
                var ready = ahead.GetAwaiter().GetResult();
                ahead = Work(some);
                foreach (var meeting in ready)
                {
                    yield return meeting;
                }
            }
        }

        Task<List<(MeetingMinutes Minutes, List<ActionStatement> Statements)>> Work(int[] some) => Task.Run(() => some
            .AsParallel().AsOrdered()
            .Select(i => (ordered[i], StatementsOf(ordered[i], ordered[i].Date!.Value, roster, next[i])))
            .ToList());

        bool IsForgotten(ActionItem item, DateOnly date)
        {
            var isForgotten = item.LastSeen.AddDays(ActionMatching.DaysLookedBack) < date;
            if (isForgotten)
            {
                wordings.Forget(item);
            }

            return isForgotten;
        }
    }

    /// <summary>Of each meeting the date of the first one that was held on a later day.</summary>
    private static DateOnly?[] NextDates(List<MeetingMinutes> ordered, DateOnly? after)
    {
        var next = new DateOnly?[ordered.Count];
        for (var i = next.Length - 1; i >= 0; i--)
        {
            next[i] = i + 1 == next.Length ? after : ordered[i + 1].Date > ordered[i].Date ? ordered[i + 1].Date : next[i + 1];
        }

        return next;
    }

    /// <remarks>What is spoken of again was mostly spoken of lately.</remarks>
    private static void Put(List<ActionItem> heard, ActionItem item)
    {
        var known = heard.FindLastIndex(known => known.Id == item.Id);
        if (known < 0)
        {
            heard.Add(item);
        }
        else
        {
            heard[known] = item;
        }
    }

    /// <summary>The item after a person changed it.</summary>
    public static ActionItem Edit(ActionItem item, ActionEdit edit) =>
        DerivedAction.Of(item.Id, item.Mentions, [.. item.Edits.TakeLast(MostEdits - 1), edit], new ActionWordings()) with { ETag = item.ETag };

    /// <summary>A statement as the register keeps it.</summary>
    internal static string Kept(string text)
    {
        text = StateAtEnd().Replace(text, "");
        return text.Length <= LongestText ? text : string.Concat(text.AsSpan(0, LongestText - 1), "…");
    }

    private static List<ActionStatement> StatementsOf(MeetingMinutes minutes, DateOnly date, Roster roster, DateOnly? nextMeeting) =>
        [.. minutes.ActionItems.Take(MostStatements).Select(action => State(action, minutes, date, roster, nextMeeting))];

    private static ActionStatement State(
        MinutedAction action, MeetingMinutes minutes, DateOnly date, Roster roster, DateOnly? nextMeeting)
    {
        var text = Kept(action.Text);
        var mention = new ActionMention
        {
            Meeting = minutes.Number,
            Date = date,
            Line = action.Line - minutes.Line + 1,
            Owners = [.. action.Owners.Select(name => Owner(name.Trim(), date, roster)).Distinct(StringComparer.Ordinal)],
            Text = text,
            Done = action.Done,
            Carried = action.Carried,
            Dropped = GivenUp().IsMatch(text),
            Due = DueDate.Find(text, date, nextMeeting),
        };
        return new ActionStatement(mention);
    }

    /// <summary>Who is meant by a name, as <see cref="ActionItem.Owners"/> has it.</summary>
    internal static string Owner(string name, DateOnly date, Roster roster) => roster.Find(name, date) switch
    {
        _ when roster.MeansEveryone(name) => ActionItem.Everyone,
        NameMatch.OfMember { Member: var member } => member.Id,
        NameMatch.OfGuest { Guest: var guest } => guest.Name,
        _ => name,
    };

    private static List<ActionMention> Mentions(
        ActionItem? item, IReadOnlyList<ActionStatement> said, int? meeting, DateOnly date)
    {
        var others = item?.Mentions.Where(mention => !mention.IsOf(meeting, date)) ?? [];
        var now = said.Select(statement => statement.Mention);
        List<ActionMention> all = [.. others.Concat(now).OrderBy(mention => mention.Date).ThenBy(mention => mention.Line)];
        if (all.Count > MostMentions)
        {
            all.RemoveRange(1, all.Count - MostMentions);
        }

        return all;
    }

    private static bool Same(IReadOnlyList<ActionMention> some, List<ActionMention> others) =>
        some.Count == others.Count && some.Zip(others).All(pair =>
            pair.First with { Owners = pair.Second.Owners } == pair.Second
            && pair.First.Owners.SequenceEqual(pair.Second.Owners, StringComparer.Ordinal));

    private static int RunningNumber(string id, string key) =>
        id.Length > key.Length + 1 && id.StartsWith(key, StringComparison.Ordinal) && id[key.Length] == '-'
        && int.TryParse(id.AsSpan(key.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    [GeneratedRegex(@"\s*\((?:carried|done|ongoing|in progress|still open|from #\d+)\b[^()]*\)\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex StateAtEnd();

    [GeneratedRegex(
        @"\b(?:dropped|given up|abandoned|withdrawn|obsolete|won['’]t do|no longer (?:needed|relevant|planned))\b|^~~.*~~$",
        RegexOptions.IgnoreCase)]
    private static partial Regex GivenUp();
}
