using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Local.Files;

/// <summary>When minutes could first be read by all, as the git repository tells in which their files stand.</summary>
/// <remarks>
/// That is when they came into the line of first parents of what is checked out: where changes are merged, the moment of the
/// merge. A repository that took over its minutes from elsewhere tells when it did, so a person says whether it is to be asked.
/// </remarks>
internal static class GitHistory
{
    /// <summary>The same files, each with what its repository knows.</summary>
    /// <exception cref="RefusalException">There is no git, or a file is in no repository, or in one without its past.</exception>
    public static IReadOnlyList<ArchiveFile> Tell(IReadOnlyList<ArchiveFile> files) =>
        [.. files.Select(file => file with { Published = Published(file.Name) })];

    /// <summary>
    /// By the date of the meeting: the first version of the file, not before that day, that says who was there.
    /// </summary>
    private static Dictionary<DateOnly, DateTimeOffset> Published(string file)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        if (Git(file, folder, "rev-parse", "--is-shallow-repository").Trim() == "true")
        {
            throw new RefusalException($"--git {file}: the repository has not all of its past; run git fetch --unshallow");
        }

        var published = new Dictionary<DateOnly, DateTimeOffset>();
        foreach (var (moment, version) in Versions(file, folder))
        {
            var known = MinutesReader.Read(Git(file, folder, "show", version)).Meetings
                .Where(meeting => meeting is { Status: MeetingStatus.Held, Participants.Count: > 0, Date: { } day }
                    && day <= DateOnly.FromDateTime(moment.DateTime));
            foreach (var meeting in known)
            {
                published.TryAdd(meeting.Date!.Value, moment);
            }
        }

        return published;
    }

    /// <summary>The oldest first; each as git names it, by commit and path, under whatever path the file had then.</summary>
    private static IEnumerable<(DateTimeOffset Moment, string Version)> Versions(string file, string folder)
    {
        var log = Git(
            file,
            folder,
            "-c", "core.quotePath=off", "log", "--first-parent", "--diff-merges=first-parent", "--name-only", "--follow",
            "--format=%x00%H %cI", "--", Path.GetFileName(file));
        return log.Split('\0', StringSplitOptions.RemoveEmptyEntries).Reverse().Select(entry =>
        {
            var lines = entry.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var (commit, moment) = (lines[0][..lines[0].IndexOf(' ', StringComparison.Ordinal)], lines[0][(lines[0].IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            return (DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture), $"{commit}:{lines[^1]}");
        });
    }

    private static string Git(string file, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        try
        {
            using var git = Process.Start(start)!;
            var errors = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0
                ? output
                : throw new RefusalException(
                    $"--git {file}: {errors.Result.Split('\n')[0].Replace("fatal: ", "", StringComparison.Ordinal)}");
        }
        catch (Win32Exception e)
        {
            throw new RefusalException("--git: there is no git on this machine", e);
        }
    }
}
