namespace BscFlow.Tests.Local.Commands;

public sealed class ImportCommandTests
{
    [Fact]
    public async Task An_archive_is_imported_once()
    {
        using var folder = new TemporaryFolder();
        var sample = Path.Combine(AppContext.BaseDirectory, "Samples", "default");

        var first = await Typed.RunAsync("import", sample, "--data", folder.Path);
        var second = await Typed.RunAsync("import", sample, "--data", folder.Path);

        Assert.Equal(new Typed(0, $"Tidewater Steering Committee: 22 meetings imported{Environment.NewLine}", ""), first);
        Assert.Equal(new Typed(0, $"Tidewater Steering Committee: 0 meetings imported{Environment.NewLine}", ""), second);
    }
}
