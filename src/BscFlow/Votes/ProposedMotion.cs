using System.Text.RegularExpressions;
using BscFlow.Committee;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Votes;

/// <summary>Why minutes ask for a motion by mail.</summary>
public enum ProposalReason
{
    /// <summary>The notes announce a vote: <c>VOTE(charter): text</c>.</summary>
    Announced,

    /// <summary>A decision was recorded at a meeting that had no quorum, so it is none.</summary>
    NoQuorum,
}

/// <summary>A motion that minutes ask for. It is nothing more than that until the chair opens it.</summary>
/// <param name="Id">The id under which it is opened; the same text of the same meeting has the same.</param>
/// <param name="Rule">Name of a rule of the charter.</param>
/// <param name="Line">In the minutes, 1-based.</param>
public sealed partial record ProposedMotion(string Id, string Title, string Text, string Rule, ProposalReason Reason, int Line)
{
    private const int LongestTitle = 100;
    private const string Ordinary = "ordinary";

    /// <summary>The motions that the minutes of one meeting ask for, in their order, each once.</summary>
    /// <param name="document">In which the meeting stands.</param>
    /// <param name="day">Of the meeting.</param>
    public static IReadOnlyList<ProposedMotion> In(
        MinutesDocument document, MeetingMinutes meeting, Charter charter, DateOnly day)
    {
        var announced = Announced(document, meeting, charter, day).ToList();
        var quorum = MeetingQuorum.Of(meeting, charter, new Roster(charter), day);
        var undecided = meeting.Status is MeetingStatus.Held
            ? meeting.Decisions.Where(decision => !quorum.Binds(decision) && announced.All(vote => vote.Line != decision.Line))
            : [];
        return
        [
            .. announced
                .Concat(undecided.Select(decision =>
                    Of(decision.Text, RuleOf(charter, Ordinary), ProposalReason.NoQuorum, decision.Line, day)))
                .DistinctBy(motion => motion.Id)
                .OrderBy(motion => motion.Line),
        ];
    }

    /// <summary>
    /// Ids under which decisions would be put to a vote that bind as they are: the meeting had a quorum for them.
    /// </summary>
    public static IReadOnlySet<string> Decided(MinutesDocument document, Charter charter, DateOnly day) => document.Meetings
        .SelectMany(meeting =>
        {
            var quorum = MeetingQuorum.Of(meeting, charter, new Roster(charter), day);
            return meeting.Decisions.Where(quorum.Binds)
                .Select(decision => Of(decision.Text, RuleOf(charter, Ordinary), ProposalReason.NoQuorum, decision.Line, day).Id);
        })
        .ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<ProposedMotion> Announced(
        MinutesDocument document, MeetingMinutes meeting, Charter charter, DateOnly day)
    {
        var line = meeting.Line;
        foreach (var text in TextLines.Split(document.Section(meeting).ToString()))
        {
            if (Announcement().Match(TextLines.Content(text)) is { Success: true } match)
            {
                var rule = match.Groups["rule"] is { Success: true } named ? named.Value.Trim() : Ordinary;
                yield return Of(match.Groups["text"].Value, RuleOf(charter, rule), ProposalReason.Announced, line, day);
            }

            line++;
        }
    }

    private static ProposedMotion Of(string said, string rule, ProposalReason reason, int line, DateOnly day)
    {
        var text = said.Trim().Trim('*', '_').Trim();
        var end = text.IndexOfAny(['.', '?', '!']);
        var title = end > 0 && (end + 1 == text.Length || text[end + 1] == ' ') ? text[..end] : text;
        if (title.Length > LongestTitle)
        {
            var cut = title.LastIndexOf(' ', LongestTitle);
            title = $"{title[..(cut > 0 ? cut : LongestTitle)]} ...";
        }

        return new ProposedMotion(IdOf(title, text, day), title, text, rule, reason, line);
    }

    /// <summary>
    /// Two texts that begin alike are two motions, and so is one text of two meetings; line breaks and case make none.
    /// </summary>
    private static string IdOf(string title, string text, DateOnly day)
    {
        var words = string.Join(' ', text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return $"{MotionId.Of(title, day)}-{Keys.ShortHash($"{day:O} {words}")[..8]}";
    }

    /// <summary>The charter's rule of that name however it is written; its first one where it has none.</summary>
    private static string RuleOf(Charter charter, string name) =>
        charter.Rules.Keys.FirstOrDefault(rule => rule.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? charter.Rules.Keys.First();

    // Capitals, or a rule in brackets: "Vote: 4 for, 1 against" tells of a vote that is over.
    [GeneratedRegex(
        @"^[\s\-*+>]*(?:[*_]{1,2})?(?:VOTE|(?i:vote)(?=\s*\())\s*(?:\((?<rule>[^)]{1,40})\))?(?:[*_]{1,2})?"
        + @"\s*:(?:[*_]{1,2})?\s*(?<text>\S.*)$")]
    private static partial Regex Announcement();
}
