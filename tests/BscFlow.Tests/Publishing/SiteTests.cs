namespace BscFlow.Tests.Publishing;

public sealed class SiteTests
{
    [Theory]
    [InlineData("index.html")]
    [InlineData("2025.html")]
    [InlineData("meetings/0033.html")]
    [InlineData("meetings/0022.html")]
    [InlineData("meetings/2025-08-14.html")]
    [InlineData("actions.html")]
    [InlineData("members.html")]
    public async Task The_pages_are_as_they_were_looked_at(string path)
    {
        var files = await SampleSite.RenderAsync(SampleSite.Archive);

        Golden.Check($"Pages/{path}", files[path]);
    }
}
