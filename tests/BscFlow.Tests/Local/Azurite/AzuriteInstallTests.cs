using BscFlow.Local.Azurite;

namespace BscFlow.Tests.Local.Azurite;

/// <summary>With a shell script in npm's place: npm itself is run by everything that starts Azurite.</summary>
public sealed class AzuriteInstallTests : IDisposable
{
    private const string InstallOne = """
        echo run >> ../runs
        mkdir -p node_modules/azurite/dist/src
        echo '{}' > node_modules/azurite/package.json
        """;

    private const string InstallTheRest = "echo '//' > node_modules/azurite/dist/src/azurite.js";

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _progress = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _progress.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_install_that_is_interrupted_half_way_is_done_again()
    {
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var interrupted = Install($"{InstallOne}\nsleep 600").EnsureAsync(interruption.Token);
        await WaitForAsync(() => Directory.EnumerateFiles(_folder.Path, "package.json", SearchOption.AllDirectories)
            .Any(file => file.Contains("node_modules", StringComparison.Ordinal)));
        await interruption.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);

        var again = Install($"{InstallOne}\n{InstallTheRest}");
        Assert.False(again.IsComplete);
        await again.EnsureAsync(Cancellation);

        Assert.True(File.Exists(again.EntryPoint));
        Assert.Equal([again.Folder], Directory.EnumerateDirectories(_folder.Path));
    }

    [Fact]
    public async Task Of_two_at_once_one_installs_and_the_other_waits()
    {
        var script = $"{InstallOne}\nsleep 0.5\n{InstallTheRest}";

        await Task.WhenAll(Install(script).EnsureAsync(Cancellation), Install(script).EnsureAsync(Cancellation));

        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs"), Cancellation));
        Assert.Contains("Waiting for another process", _progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_installed_is_not_installed_again()
    {
        var script = $"{InstallOne}\n{InstallTheRest}";

        await Install(script).EnsureAsync(Cancellation);
        await Install(script).EnsureAsync(Cancellation);

        Assert.Single(await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "runs"), Cancellation));
    }

    [Fact]
    public async Task When_npm_fails_its_reason_is_in_one_line_and_nothing_counts_as_installed()
    {
        var install = Install("echo 'npm error code ENOTFOUND' >&2; exit 1");

        var e = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => install.EnsureAsync(Cancellation));

        Assert.Equal(
            "Azurite could not be installed: npm ended with 1 (code ENOTFOUND). "
            + "Or use a storage account: --storage <connection string>",
            e.Message);
        Assert.False(install.IsComplete);
    }

    [Fact]
    public async Task When_npm_is_missing_one_line_says_what_to_install()
    {
        var install = new AzuriteInstall(AzuriteInstall.DefaultManifests, _folder.Path, _progress)
        {
            Npm = Path.Combine(_folder.Path, "npm"),
        };

        var e = await Assert.ThrowsAsync<AzuriteUnavailableException>(() => install.EnsureAsync(Cancellation));

        Assert.Equal(
            "npm was not found: install Node.js 20 or newer, with npm. Or use a storage account: --storage <connection string>",
            e.Message);
    }

    [Fact]
    public void The_lock_file_names_no_host_to_download_from()
    {
        var lockFile = File.ReadAllText(Path.Combine(AzuriteInstall.DefaultManifests, "package-lock.json"));

        Assert.DoesNotContain("\"resolved\"", lockFile, StringComparison.Ordinal);
    }

    private AzuriteInstall Install(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A shell script stands in for npm.");
        var npm = Path.Combine(_folder.Path, $"npm-{Guid.NewGuid():n}");
        File.WriteAllText(npm, $"#!/bin/sh\nset -e\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new AzuriteInstall(AzuriteInstall.DefaultManifests, _folder.Path, TextWriter.Synchronized(_progress)) { Npm = npm };
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, Cancellation);
        }
    }
}
