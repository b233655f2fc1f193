using System.Text.RegularExpressions;
using BscFlow.Mail;

namespace BscFlow.Actions;

/// <summary>How an owner says that an item stands.</summary>
public enum ActionStanding
{
    Done,

    /// <summary>It goes on; it is due by the day that is named, if one is.</summary>
    Later,

    /// <summary>Somebody else's: a person has to find out whose.</summary>
    NotMine,
}

/// <summary>What an owner says of one item.</summary>
/// <param name="Item">Id of the item.</param>
/// <param name="Words">The line that says it.</param>
public sealed record ActionAnswer(string Item, ActionStanding Standing, string Words);

/// <summary>What an owner answers.</summary>
/// <param name="Answers">One for each item that is spoken of.</param>
/// <param name="Unknown">
/// Ids of which something is said, and which are no open item of the owner: mistyped, or somebody else's.
/// </param>
public sealed record ReadReply(IReadOnlyList<ActionAnswer> Answers, IReadOnlyList<string> Unknown);

/// <summary>Reads what an owner answers to the list of their action items. Pure.</summary>
/// <remarks>
/// A line says one thing: <c>0055-2 done</c>, <c>done: 0055-2, 0056-1</c>, <c>0055-2: later, by 1 March</c>, <c>all done</c>. An
/// item need not be named below its quoted line, or where there is only one. A line that names an item speaks of that one and of
/// no other, also where there is no such item.
/// </remarks>
public static partial class ActionReply
{
    /// <param name="open">The owner's open items.</param>
    /// <returns>Of an item of which several lines speak, the last one.</returns>
    public static ReadReply Read(Reply reply, IReadOnlyList<ActionItem> open)
    {
        var ids = open.Select(item => item.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var quoted = open.Count == 1 ? [open[0].Id] : (IReadOnlyList<string>)[];
        Dictionary<string, ActionAnswer> answers = new(StringComparer.Ordinal);
        HashSet<string> unknown = new(StringComparer.Ordinal);
        foreach (var line in reply.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            IReadOnlyList<string> named = [.. Id.Matches(line).Select(match => match.Value)];
            if (line.StartsWith('>'))
            {
                quoted = named.Count > 0 ? named : quoted;
            }
            else if (StandingIn(line) is var (standing, all))
            {
                foreach (var item in all ? [.. ids] : named.Count > 0 ? named : quoted)
                {
                    if (ids.TryGetValue(item, out var known))
                    {
                        answers[known] = new(known, standing, line);
                    }
                    else
                    {
                        unknown.Add(item);
                    }
                }
            }
        }

        return new([.. answers.Values], [.. unknown]);
    }

    /// <summary>What a line says; null for one that says nothing, or more than one thing.</summary>
    private static (ActionStanding Standing, bool All)? StandingIn(string line)
    {
        var words = Id.Replace(line, " ").Trim(' ', '-', '–', '—', ':', ',', ';', '.', '!', '*', '[', ']', '(', ')', '&', '#');
        words = Joints.Replace(words, " ").Trim();
        var all = All.Match(words);
        var rest = all.Success ? words[all.Length..].TrimStart(' ', ':', '-', ',') : words;
        foreach (var (pattern, standing) in Patterns)
        {
            if (pattern.IsMatch(rest))
            {
                return (standing, all.Success);
            }
        }

        return null;
    }

    private static IReadOnlyList<(Regex Pattern, ActionStanding Standing)> Patterns { get; } =
        [(NotMine, ActionStanding.NotMine), (Done, ActionStanding.Done), (Later, ActionStanding.Later)];

    [GeneratedRegex(@"\b(?:\d{4}-\d{2}-\d{2}|\d{4})-\d{1,3}\b(?!-\d)")]
    private static partial Regex Id { get; }

    [GeneratedRegex(@"^(?:all(?: of (?:them|these))?|both|everything)(?: (?:are|is))?\b", RegexOptions.IgnoreCase)]
    private static partial Regex All { get; }

    /// <summary>What stands between two ids once they are taken out.</summary>
    [GeneratedRegex(@"^(?:[\s,;:&-]|and\b|is\b|are\b)+|(?:[\s,;:&-]|\band)+$", RegexOptions.IgnoreCase)]
    private static partial Regex Joints { get; }

    // The word alone, or with what was done after a dash, a comma or a colon: "done with half of it" says something else.
    [GeneratedRegex(
        @"^(?:(?:is|are|i['’]?s|it['’]?s|that['’]?s|i['’]?ve|we['’]?ve|already|now) )*(?:done|finished|completed?|closed|fixed|merged|sent|erledigt|fait|hecho|gedaan)"
        + @"(?:$|[\s]*[.,:;!()–—-]| (?:last|this|on|in|since|today|yesterday|already|now|thanks)\b)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Done { get; }

    [GeneratedRegex(
        @"^(?:(?:is|it['’]?s|still|will be|i['’]?ll do (?:it|this)) )*(?:later|not (?:yet|done|finished)|postponed?|delayed|in progress|ongoing|working on it|next (?:week|month|meeting)|by|until|sp[äa]ter|plus tard|m[áa]s tarde)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Later { get; }

    [GeneratedRegex(
        @"^(?:(?:is|this is|it['’]?s|that['’]?s) )*(?:not (?:mine|me|my (?:task|item|action))|someone else['’]?s|wrong person|nicht meine?s?|pas (?:le|la) mien(?:ne)?)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex NotMine { get; }
}
