using System.Security.Cryptography;
using System.Text.Json;

namespace BscFlow.Local.Azurite;

/// <summary>The packages of the committed npm lock file, installed once for all runs of one person.</summary>
/// <remarks>
/// The folder is named after the lock file's hash and appears by one rename when everything is in it, so that it is never there
/// in part: an install that was interrupted is done again, and another lock file gets another folder.
/// </remarks>
public sealed class AzuriteInstall
{
    private static readonly string[] Manifests = ["package.json", "package-lock.json", ".npmrc"];
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2);

    private readonly string _manifests;
    private readonly string _cache;
    private readonly TextWriter _progress;
    private readonly string[] _packages;

    /// <param name="manifests">Folder of package.json and its lock file.</param>
    /// <param name="cache">Folder below which it is installed; see <see cref="DefaultCache"/>.</param>
    /// <param name="progress">Gets a line now and then while it installs, and nothing when it is installed already.</param>
    public AzuriteInstall(string manifests, string cache, TextWriter progress)
    {
        _manifests = manifests;
        _cache = cache;
        _progress = progress;

        var lockFile = File.ReadAllBytes(Path.Combine(manifests, "package-lock.json"));
        using var json = JsonDocument.Parse(lockFile);
        var packages = json.RootElement.GetProperty("packages");
        _packages = [.. packages.EnumerateObject().Select(package => package.Name).Where(name => name.Length > 0)];
        Version = packages.GetProperty("node_modules/azurite").GetProperty("version").GetString()!;
        Folder = Path.Combine(cache, $"azurite-{Version}-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..8]}");
    }

    /// <summary>Of Azurite, as the lock file has it.</summary>
    public string Version { get; }

    /// <summary>Where it is installed, or will be.</summary>
    public string Folder { get; }

    /// <summary>The script to run with Node.</summary>
    public string EntryPoint => Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    public bool IsComplete => Directory.Exists(Folder);

    /// <summary>The manifests that stand beside this assembly.</summary>
    public static string DefaultManifests => Path.Combine(AppContext.BaseDirectory, "Azurite");

    /// <summary>The person's own folder for data of programs; the temporary folder for an account that has none.</summary>
    public static string DefaultCache
    {
        get
        {
            var own = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(own.Length > 0 ? own : Path.GetTempPath(), "bscflow");
        }
    }

    /// <summary>Name or path of the program that installs.</summary>
    public string Npm { get; init; } = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Installs it unless it is there. Of several processes at once, one installs and the others wait for it.</summary>
    /// <exception cref="AzuriteUnavailableException">npm is missing or failed.</exception>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (IsComplete)
        {
            return;
        }

        Directory.CreateDirectory(_cache);
        await using var held = await LockAsync(cancellationToken);
        if (IsComplete)
        {
            return;
        }

        foreach (var interrupted in Directory.EnumerateDirectories(_cache, $"{Path.GetFileName(Folder)}.part-*"))
        {
            try
            {
                Directory.Delete(interrupted, recursive: true);
            }
            catch (IOException)
            {
                // Its npm outlived its parent and still writes; the next install finds it again.
            }
        }

        var part = $"{Folder}.part-{Guid.NewGuid():n}";
        Directory.CreateDirectory(part);
        foreach (var manifest in Manifests)
        {
            File.Copy(Path.Combine(_manifests, manifest), Path.Combine(part, manifest));
        }

        await NpmAsync(part, cancellationToken);
        Directory.Move(part, Folder);
        await _progress.WriteLineAsync($"Azurite {Version} is installed in {Folder}");
    }

    /// <remarks>The system lets go of the file when its holder dies.</remarks>
    private async Task<FileStream> LockAsync(CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(_cache, "azurite.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (!told)
                {
                    told = true;
                    await _progress.WriteLineAsync("Waiting for another process that installs Azurite");
                }

                await Task.Delay(LockPoll, cancellationToken);
            }
        }
    }

    private async Task NpmAsync(string folder, CancellationToken cancellationToken)
    {
        await _progress.WriteLineAsync(
            $"Installing Azurite {Version}, which stands in for Azure Storage on this machine (once, {_packages.Length} packages)");

        using var npm = NodeProgram.Start(
            Npm,
            folder,
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", "--loglevel=error"]);
        var output = npm.StandardOutput.ReadToEndAsync(cancellationToken);
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        npm.StandardInput.Close();

        try
        {
            var end = npm.WaitForExitAsync(cancellationToken);
            while (await Task.WhenAny(end, Task.Delay(ProgressInterval, cancellationToken)) != end)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await _progress.WriteLineAsync(
                    $"  {_packages.Count(name => Exists(folder, name))} of {_packages.Length} packages");
            }

            await end;
        }
        catch (OperationCanceledException)
        {
            npm.Kill(entireProcessTree: true);
            throw;
        }

        await output;
        if (npm.ExitCode != 0)
        {
            throw new AzuriteUnavailableException(
                $"Azurite could not be installed: npm ended with {npm.ExitCode}{Reason(await errors)}. "
                + NodeProgram.Otherwise);
        }
    }

    private static bool Exists(string folder, string package) => File.Exists(Path.Combine(folder, package, "package.json"));

    /// <summary>npm's own first lines, such as <c>npm error code ENOTFOUND</c>, without the prefix.</summary>
    private static string Reason(string errors)
    {
        var lines = errors
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.StartsWith("npm error ", StringComparison.Ordinal))
            .Select(line => line["npm error ".Length..])
            .Take(3);
        var reason = string.Join(", ", lines);
        return reason.Length > 0 ? $" ({reason})" : "";
    }
}
