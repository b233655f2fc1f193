using BscFlow.Workflow;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>Says what on a committee's desk needs a person now. Pure: the same state has the same needs.</summary>
public static class Needs
{
    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<Need> Of(DeskState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. OfFailures(state)
                .Concat(MeetingNeeds.Of(state))
                .Concat(MailNeeds.Of(state))
                .Concat(MotionNeeds.Of(state))
                .Concat(ActionNeeds.Of(state))
                .Concat(OfFindings(state))
                .OrderBy(need => need.Urgency),
        ];
    }

    /// <summary>One for all steps of a kind: what keeps one from being done often keeps the others too.</summary>
    private static IEnumerable<Need> OfFailures(DeskState state)
    {
        foreach (var kind in state.Failed.GroupBy(failed => failed.Step.Kind))
        {
            var last = kind.MaxBy(failed => failed.LastTried)!;
            var title = Capital(FailedStep.Missing(kind.Key)) + (kind.Count() > 1 ? $", {kind.Count()} times" : "");
            var detail = $"{kind.Key} of “{last.Step.Subject}” fails since {When(state.Charter, kind.Min(failed => failed.GivenUp))}: "
                + last.Error.Split('\n', 2)[0].TrimEnd('.');
            yield return kind.All(failed => failed.IsUnderway)
                ? new Need(Urgency.Soon, title, $"{detail}. It is being tried again.", Button: null)
                : new Need(
                    Urgency.Now,
                    title,
                    $"{detail}. It is tried again by itself.",
                    new("Try it now", $"/failures/{kind.Key}", Sends: true));
        }
    }

    private static IEnumerable<Need> OfFindings(DeskState state)
    {
        if (state.Findings.Count > 0)
        {
            var meetings = state.Findings.Select(finding => (finding.File, finding.Meeting)).Distinct().Count();
            yield return new Need(
                Urgency.Quiet,
                $"{Count(state.Findings.Count, "place")} in the published minutes to look at",
                $"In {Count(meetings, "meeting")}: {Kinds(state)}.",
                new("Look at them", "/findings"));
        }
    }

    private static string Kinds(DeskState state) => string.Join(
        ", ",
        state.Findings
            .GroupBy(finding => finding.Kind)
            .OrderByDescending(group => group.Count())
            .Take(3)
            .Select(group => FindingWords.Of(group.Key)));
}
