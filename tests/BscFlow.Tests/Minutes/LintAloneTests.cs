using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

/// <summary>What is said of one meeting's minutes while they are written, and to the members who get them.</summary>
public sealed class LintAloneTests
{
    private const string Head = "## Meeting #34 - 2026-11-12\n\n- **Duration:** 45m\n- **Chair:** Amara Okafor\n- **Participants:**\n";

    [Fact]
    public void A_vote_that_the_meeting_itself_announces_is_not_called_unanswered() =>
        Assert.DoesNotContain(
            Lint(Head + "  - Amara Okafor\n- **Notes:**\n  - VOTE(charter): Adopt the new charter\n"),
            finding => finding.Kind is FindingKind.VoteNeverClosed);

    [Fact]
    public void As_long_as_nobody_is_listed_nobody_is_called_absent() =>
        Assert.DoesNotContain(
            Lint(Head + "- **Notes:**\n  - AI(Priya Raghunathan): Write the letter\n"), finding => finding.Kind is FindingKind.OwnerAbsent);

    [Fact]
    public void Who_took_something_on_at_an_earlier_meeting_need_not_be_at_this_one()
    {
        var findings = Lint(Head + "  - Amara Okafor\n- **Notes:**\n  - AI(Priya Raghunathan): Write the letter (from #33)\n"
            + "  - AI(Mateusz Kowalczyk): Paint the buoys\n");

        Assert.Contains("Mateusz", Assert.Single(findings, finding => finding.Kind is FindingKind.OwnerAbsent).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Lint(string text) =>
        MinutesLinter.LintAlone("minutes", MinutesReader.Read(text), Tidewater.Charter);
}
