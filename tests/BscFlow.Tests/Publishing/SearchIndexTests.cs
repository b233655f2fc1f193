using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

public sealed class SearchIndexTests
{
    [Theory]
    [InlineData("Buoy", "buoy")]
    [InlineData("Inês", "ines")]
    [InlineData("ﬁne", "fine")]
    [InlineData("STRASSE Łódź", "strasse łodz")]
    public void Words_are_folded(string text, string folded) => Assert.Equal(folded, SearchIndex.Fold(text));

    [Fact]
    public async Task A_new_year_leaves_the_index_of_the_older_ones_as_it_is()
    {
        var archive = SampleSite.Archive;
        var without = archive with { Years = [.. archive.Years.Where(year => year.Year == 2025)] };

        var (before, after) = (await SampleSite.RenderAsync(without), await SampleSite.RenderAsync(archive));

        Assert.Equal(before["search/2025/documents-0.js"], after["search/2025/documents-0.js"]);
        Assert.Equal(before["search/2025/words-0.js"], after["search/2025/words-0.js"]);
        Assert.NotEqual(before["search/index.js"], after["search/index.js"]);
    }
}
