namespace BscFlow.Tests.Publishing;

public sealed class QuorumFigureTests
{
    [Theory]
    [InlineData("", "Of no meeting can it be told whether it had a quorum.")]
    [InlineData("- **Participants:** Amara Okafor, Inês Carvalho, Priya Raghunathan\n", "Every meeting of which it can be told had a quorum: 1.")]
    public async Task The_figure_says_no_more_than_can_be_told(string participants, string finding)
    {
        var files = await SampleSite.RenderAsync(SampleSite.WithMinutes($"## Meeting #1 - 2026-01-08\n\n- **Duration:** 30m\n{participants}- **Notes:**\n  - The pier\n"));

        Assert.Contains(finding, files["figures.html"], StringComparison.Ordinal);
    }
}
