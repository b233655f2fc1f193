using BscFlow.Publishing;
using BscFlow.Publishing.Targets;

namespace BscFlow.Tests.Publishing;

public sealed class FolderSiteTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_files_are_in_the_folder()
    {
        Assert.Equal(new Publication(2, 0, 0), await PublishAsync(("a.html", "one"), ("meetings/b.html", "two")));

        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "meetings", "b.html"), Cancel));
    }

    [Fact]
    public async Task Only_what_changed_is_written_and_what_is_gone_is_removed()
    {
        await PublishAsync(("a.html", "one"), ("b.html", "two"), ("c.html", "three"));
        File.SetLastWriteTimeUtc(Path.Combine(_folder.Path, "a.html"), DateTime.UnixEpoch);

        Assert.Equal(new Publication(1, 1, 1), await PublishAsync(("a.html", "one"), ("b.html", "2")));

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(Path.Combine(_folder.Path, "a.html")));
        Assert.Equal("2", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "b.html"), Cancel));
        Assert.False(File.Exists(Path.Combine(_folder.Path, "c.html")));
    }

    [Fact]
    public async Task A_file_of_somebody_else_is_never_removed()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "notes.txt"), "mine", Cancel);

        await PublishAsync(("a.html", "one"));
        await PublishAsync();

        Assert.Equal(["notes.txt"], Directory.GetFiles(_folder.Path, "*.*").Select(Path.GetFileName).Where(name => name![0] != '.'));
    }

    [Fact]
    public async Task What_was_written_is_known_again_though_what_is_gone_could_not_be_removed()
    {
        await PublishAsync(("old.html", "one"));
        File.Delete(Path.Combine(_folder.Path, "old.html"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "old.html"));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => PublishAsync(("new.html", "two")));
        Directory.Delete(Path.Combine(_folder.Path, "old.html"));

        Assert.Equal(new Publication(0, 0, 2), await PublishAsync());
        Assert.False(File.Exists(Path.Combine(_folder.Path, "new.html")));
    }

    [Fact]
    public async Task Files_that_are_the_first_in_their_folder_are_written_at_the_same_moment()
    {
        var files = Enumerable.Range(0, 1_000).Select(number => ($"{number / 4}/{number % 4}.html", "tide")).ToArray();

        Assert.Equal(new Publication(1_000, 0, 0), await PublishAsync(files));
    }

    private Task<Publication> PublishAsync(params (string Path, string Text)[] files) => new FolderSite(_folder.Path).PublishAsync(
        "tidewater", files.Select(file => BlobSiteTests.Page(file.Path, file.Text)), progress: null, Cancel);
}
