using System.Diagnostics;
using System.Text.Json;

namespace BscFlow.Tests.Local.Commands;

/// <summary>Days to publication, as the git repository tells them in which minutes are kept.</summary>
public sealed class GitHistoryTests : IDisposable
{
    private const string Agenda = """
        ## Meeting #2 - 2026-02-12

        - **Notes:**
          - The buoys

        """;

    private const string Minutes = """
        ## Meeting #2 - 2026-02-12

        - **Chair:** Amara Okafor
        - **Participants:**
          - Amara Okafor
          - Priya Raghunathan
        - **Notes:**
          - Decision: the buoys are painted yellow

        ## Meeting #1 - 2026-01-08

        - **Chair:** Amara Okafor
        - **Participants:**
          - Amara Okafor
        - **Notes:**
          - Nothing

        """;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _site = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Charter => Path.Combine(AppContext.BaseDirectory, "Samples", "default", "charter.json");

    public void Dispose()
    {
        _folder.Dispose();
        _site.Dispose();
    }

    [Fact]
    public async Task Minutes_are_published_when_they_come_into_the_line_that_all_read_and_an_agenda_is_no_minutes()
    {
        await GitAsync("2026-01-01T10:00:00Z", "init", "--quiet", "--initial-branch=main");
        await CommitAsync("2026-02-01T10:00:00Z", "year.md", Agenda);
        await GitAsync("2026-02-01T10:00:00Z", "checkout", "--quiet", "-b", "change");
        await CommitAsync("2026-02-13T10:00:00Z", "year.md", Minutes);
        await GitAsync("2026-02-14T10:00:00Z", "checkout", "--quiet", "main");
        await CommitAsync("2026-02-15T10:00:00Z", "README.md", "Minutes\n");
        await GitAsync("2026-03-04T10:00:00Z", "merge", "--quiet", "--no-edit", "change");
        await GitAsync("2026-03-05T10:00:00Z", "rm", "--quiet", "README.md");
        await GitAsync("2026-03-05T10:00:00Z", "mv", "year.md", "2026.md");
        await CommitAsync("2026-03-06T10:00:00Z", "2026.md", Minutes + "\n");

        var typed = await Typed.RunAsync(
            "publish", _folder.Path, "--charter", Charter, "--git", "--out", _site.Path, "--now", "2026-04-01");

        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        using var figures = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_site.Path, "figures.json"), Cancel));
        Assert.Equal(
            [("#1", 55), ("#2", 20)],
            figures.RootElement.GetProperty("delays").EnumerateArray()
                .Select(delay => (delay.GetProperty("label").GetString(), delay.GetProperty("days").GetInt32())));
    }

    [Fact]
    public async Task Minutes_that_are_in_no_repository_are_refused_in_one_line()
    {
        await GitAsync("2026-01-01T10:00:00Z", "--version");
        var file = Path.Combine(_folder.Path, "2026.md");
        await File.WriteAllTextAsync(file, Minutes, Cancel);

        var typed = await Typed.RunAsync("publish", _folder.Path, "--charter", Charter, "--git", "--out", _site.Path);

        Assert.Equal(2, typed.ExitCode);
        Assert.Equal(
            $"bscflow: --git {file}: not a git repository (or any of the parent directories): .git", typed.Error.TrimEnd());
    }

    private async Task CommitAsync(string moment, string file, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, file), text, Cancel);
        await GitAsync(moment, "add", "--all");
        await GitAsync(moment, "commit", "--quiet", "--message=Change");
    }

    /// <summary>At a moment of the past, whoever runs this and however their git is set up; skips where there is none.</summary>
    private async Task GitAsync(string moment, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=Ada", "-c", "user.email=ada@tidewater.example", "-c", "commit.gpgSign=false", .. arguments])
        {
            WorkingDirectory = _folder.Path,
            Environment = { ["GIT_AUTHOR_DATE"] = moment, ["GIT_COMMITTER_DATE"] = moment, ["GIT_CONFIG_GLOBAL"] = "/dev/null" },
            RedirectStandardOutput = true,
        };
        try
        {
            using var git = Process.Start(start)!;
            await git.StandardOutput.ReadToEndAsync(Cancel);
            await git.WaitForExitAsync(Cancel);
            Assert.Equal(0, git.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no git on this machine.");
        }
    }
}
