using System.Globalization;
using System.Security.Cryptography;
using BscFlow.Committee;
using BscFlow.Local.Commands;
using BscFlow.Local.Files;
using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

/// <summary>
/// <c>bscflow publish</c> into a folder that has the site of an earlier run. Whatever changed, it leaves what it leaves where
/// nothing is remembered of that run.
/// </summary>
public sealed class FileArchiveTests : IDisposable
{
    private const int FirstYear = 2015;
    private const int LastYear = 2025;

    private readonly string _folder = Directory.CreateTempSubdirectory("bscflow-files-").FullName;

    private static readonly ManyYears Archive = new(FirstYear);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Minutes => Path.Combine(_folder, "minutes");

    private string Charter => Path.Combine(_folder, "charter.json");

    public FileArchiveTests()
    {
        Directory.CreateDirectory(Minutes);
        File.WriteAllBytes(Charter, CharterWriter.Write(Tidewater.Charter));
        for (var year = FirstYear; year <= LastYear; year++)
        {
            File.WriteAllText(PathOf(year), Archive.Year(year));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("a word of the latest year", true)]
    [InlineData("an action item of years ago is done", true)]
    [InlineData("an action item of last year is done", true)]
    [InlineData("a meeting more", true)]
    [InlineData("a number that an old meeting has", null)]
    [InlineData("the first meeting of the years that are read is on another day", false)]
    [InlineData("a word of an old year", false)]
    [InlineData("a file for another year", false)]
    [InlineData("a file is gone", false)]
    [InlineData("the charter", false)]
    [InlineData("a page is gone", true)]
    [InlineData("the digest is not one", false)]
    public async Task Published_again_after_a_change_it_is_what_it_is_where_nothing_is_remembered(string change, bool? remembers)
    {
        Assert.Equal(0, await PublishAsync("site"));
        Change(change);
        Copy("site", "other");
        File.Delete(Path.Combine(_folder, "other", ".bscflow-digest"));
        Assert.True(remembers is null || remembers == Remembers("site"));

        var exit = await PublishAsync("site");

        Assert.Equal(remembers is null ? 2 : 0, exit);
        Assert.Equal(exit, await PublishAsync("other"));
        Assert.Equal(Files("other"), Files("site"));

        // And once more, by what the run after the change remembers.
        Assert.Equal(exit, await PublishAsync("site"));
        Assert.Equal(Files("other"), Files("site"));
    }

    [Fact]
    public async Task An_archive_that_is_not_a_file_a_year_is_read_each_time()
    {
        File.AppendAllText(PathOf(2020), "## Meeting #990 - 2021-01-13\n\n- Notes:\n  - One more\n");
        await PublishAsync("site");

        Assert.False(Remembers("site"));
    }

    private async Task<int> PublishAsync(string site)
    {
        using var errors = new StringWriter();
        var exit = await CommandLine.InvokeAsync(
            ["publish", Minutes, "--charter", Charter, "--out", Path.Combine(_folder, site), "--now", "2026-01-02"],
            TextWriter.Null,
            errors,
            Cancel);
        TestContext.Current.TestOutputHelper?.WriteLine($"{site}: {exit} {errors}");
        return exit;
    }

    private bool Remembers(string site)
    {
        var digest = Path.Combine(_folder, site, ".bscflow-digest");
        var charter = CharterReader.Read(File.ReadAllBytes(Charter));
        var archive = FileArchive.Read(
            charter,
            MinutesFiles.ReadBytes(Minutes),
            MinutesFiles.Read,
            SiteContent.All,
            new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
            File.Exists(digest) ? File.ReadAllBytes(digest) : null);
        return archive.Archive.Settled.Years.Count > 0;
    }

    private void Copy(string site, string other)
    {
        var (from, to) = (Path.Combine(_folder, site), Path.Combine(_folder, other));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private Dictionary<string, string> Files(string site) =>
        Directory.GetFiles(Path.Combine(_folder, site), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".bscflow-digest", StringComparison.Ordinal))
            .ToDictionary(
                file => Path.GetRelativePath(Path.Combine(_folder, site), file),
                file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));

    private void Change(string change)
    {
        switch (change)
        {
            case "nothing":
                break;
            case "a word of the latest year":
                Replace(LastYear, "Opened by", "Begun by");
                break;
            case "an action item of years ago is done":
                Close(Archive.Number(LastYear - 2, 11));
                break;
            case "an action item of last year is done":
                Close(Archive.Number(LastYear - 1, 11));
                break;
            case "a meeting more":
                File.AppendAllText(PathOf(LastYear), "## Meeting #990 - 2025-12-30\n\n- Notes:\n  - AI(Amara): one more\n");
                break;
            case "a number that an old meeting has":
                Replace(LastYear, $"#{Archive.Number(LastYear, 5)} ", $"#{Archive.Number(FirstYear, 5)} ");
                break;
            case "the first meeting of the years that are read is on another day":
                Replace(LastYear - 3, $"{LastYear - 3}-01-09", $"{LastYear - 3}-01-10");
                break;
            case "a word of an old year":
                Replace(FirstYear, "Opened by", "Begun by");
                break;
            case "a file for another year":
                File.WriteAllText(PathOf(2012), "## Meeting #991 - 2012-01-13\n\n- Notes:\n  - AI(Amara): one more\n");
                break;
            case "a file is gone":
                File.Delete(PathOf(2017));
                break;
            case "the charter":
                File.WriteAllBytes(Charter, CharterWriter.Write(Tidewater.Charter with { Name = "Another name" }));
                break;
            case "a page is gone":
                File.Delete(Path.Combine(_folder, "site", "meetings", $"{Archive.Number(2016, 3):D4}.html"));
                break;
            case "the digest is not one":
                File.WriteAllText(Path.Combine(_folder, "site", ".bscflow-digest"), "no digest");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, null);
        }
    }

    private void Close(int item) => Replace(
        LastYear, "  - Opened by", $"  - AI(Amara Okafor): ✅ survey the harbour wall number {item} (carried)\n  - Opened by");

    private void Replace(int year, string old, string with) =>
        File.WriteAllText(PathOf(year), File.ReadAllText(PathOf(year)).Replace(old, with, StringComparison.Ordinal));

    private string PathOf(int year) => Path.Combine(Minutes, string.Create(CultureInfo.InvariantCulture, $"{year}.md"));
}
