using BscFlow.Committee;
using BscFlow.Minutes.Linting;

namespace BscFlow.Minutes;

/// <summary>Says what a careful secretary would flag in a committee's minutes.</summary>
/// <remarks>
/// Each rule is a file in <c>Linting/</c>. A rule keeps quiet where it cannot know: a file of another year that was not given, a
/// name that two people could bear, a year whose meetings follow no recurrence.
/// </remarks>
public static class MinutesLinter
{
    /// <param name="files">All files that belong together, in any order; what one says counts for the others.</param>
    /// <param name="charter">Whose roster, quorum and recurrence the minutes are held against.</param>
    /// <param name="votes">Votes by mail that were opened: what they answer is not left open.</param>
    /// <returns>In the order of the files and their lines.</returns>
    public static IReadOnlyList<Finding> Lint(
        IReadOnlyList<(string File, MinutesDocument Document)> files, Charter charter, IReadOnlyList<VoteByMail>? votes = null)
    {
        var archive = new Archive(files, charter);
        var order = files.Select(file => file.File).Distinct().Index().ToDictionary(file => file.Item, file => file.Index);
        return
        [
            .. archive.Meetings.SelectMany(meeting => OfMeeting(meeting, archive))
                .Concat(UnreadRules.Find(files))
                .Concat(HeadingRules.Find(archive))
                .Concat(CadenceRules.Find(archive))
                .Concat(GuestSpellingRule.Find(archive))
                .Concat(VoteRules.Find(archive, votes ?? []))
                .OrderBy(finding => order[finding.File])
                .ThenBy(finding => finding.Line)
                .ThenBy(finding => finding.Kind),
        ];
    }

    /// <summary>The same of one meeting by itself: without what only the meetings around it can tell, such as how a vote ended.</summary>
    /// <param name="file">What to call it.</param>
    public static IReadOnlyList<Finding> LintAlone(string file, MinutesDocument document, Charter charter) =>
        [.. Lint([(file, document)], charter).Where(finding => IsOfOneMeeting(finding.Kind))];

    private static bool IsOfOneMeeting(FindingKind kind) => kind is not (
        FindingKind.CadenceGap or FindingKind.CadenceDiffers or FindingKind.NumberGap or FindingKind.NumberOrder
        or FindingKind.VoteNeverClosed or FindingKind.WrongYear);

    private static IEnumerable<Finding> OfMeeting(MinutedMeeting meeting, Archive archive) =>
    [
        .. YearRule.Find(meeting),
        .. AttendanceRules.Find(meeting, archive),
        .. QuorumRules.Find(meeting, archive),
        .. NameRules.Find(meeting),
        .. ActionRules.Find(meeting),
        .. LinkRules.Find(meeting),
        .. CodePageRule.Find(meeting),
    ];
}
