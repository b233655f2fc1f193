using System.CommandLine;
using BscFlow.Committee;
using BscFlow.Local.Files;
using BscFlow.Local.Time;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow publish</c>: the public pages of an archive, as files.</summary>
internal static class PublishCommand
{
    public static Command Create()
    {
        var path = ArchiveArguments.Path();
        var folder = new Option<string>("--out") { Description = "Folder to write to.", HelpName = "DIR", Required = true };
        var charter = ArchiveArguments.Charter();
        var address = new Option<string?>("--address")
        {
            Description = "Where the folder will be read, such as https://example.org/tsc/. Feed, calendar and sitemap name it.",
            HelpName = "URL",
        };
        var now = new Option<string?>("--now")
        {
            Description = "What is next and overdue is told as of this moment. Without it: as of now.",
            HelpName = "MOMENT",
        };
        var plain = new Option<bool>("--plain")
        {
            Description = "Pages and feed alone: no data beside them, no search, no calendar, nothing compressed.",
        };
        var git = ArchiveArguments.Git();
        var command = new Command("publish", "Write the public pages of an archive of minutes.") { path, folder, charter, git, address, now, plain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var inForce = LocalCharter.Of(parsed.GetValue(charter), minutes).Charter;
            var target = parsed.GetRequiredValue(folder);
            if (File.Exists(target))
            {
                throw new RefusalException($"--out {target}: is a file; give a folder");
            }

            var content = parsed.GetValue(plain) ? SiteContent.Pages : SiteContent.All;
            var (moment, site) = (Now(inForce, parsed.GetValue(now)), Address(parsed.GetValue(address)));
            var archive = Read(inForce, minutes, parsed.GetValue(git), content, moment, target);
            var progress = ProgressLine.On(parsed.InvocationConfiguration.Error, "files");
            var publication = await PublishAsync(archive, site, target, content, progress, cancellationToken);
            progress?.Clear();
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{target}: {publication.Written} files written, {publication.Unchanged} unchanged, {publication.Removed} removed");
            return ExitCode.Done;
        });
        return command;
    }

    /// <remarks>The bytes of the files are held no longer than until they are read.</remarks>
    private static FileArchive Read(Charter charter, string minutes, bool git, SiteContent content, DateTimeOffset now, string target)
    {
        var files = MinutesFiles.ReadBytes(minutes);

        // What git tells of a file is not in its bytes, by which it would be known again.
        return ArchivePlans.OrRefuse(() => git
            ? FileArchive.Read(charter, files, all => GitHistory.Tell(MinutesFiles.Read(all)), content, now)
            : FileArchive.Read(charter, files, MinutesFiles.Read, content, now, LastDigest(target)));
    }

    private static DateTimeOffset Now(Charter charter, string? now) =>
        now is null ? TimeProvider.System.GetUtcNow()
        : Moment.TryParse(now, charter.Zone(), out var moment) ? moment
        : throw new RefusalException($"--now {now}: give a moment such as 2025-10-01 or 2025-10-01T09:00");

    private static Uri? Address(string? address) =>
        address is null ? null
        : Uri.TryCreate(address.TrimEnd('/') + '/', UriKind.Absolute, out var whole) && (whole.Scheme is "https" or "http") ? whole
        : throw new RefusalException($"--address {address}: give the whole address, such as https://example.org/tsc/");

    /// <summary>Beside the site's list: a cache, see <see cref="FileArchive"/>.</summary>
    private static string DigestOf(string folder) => Path.Combine(folder, ".bscflow-digest");

    private static byte[]? LastDigest(string folder) => File.Exists(DigestOf(folder)) ? FileBytes.Read(DigestOf(folder)) : null;

    private static async Task<Publication> PublishAsync(
        FileArchive read,
        Uri? address,
        string folder,
        SiteContent content,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        var archive = read.Archive with { Address = address };
        var target = new FolderSite(folder, compress: content is SiteContent.All);
        try
        {
            var before = await SiteBefore.AtAsync(target, archive.Charter.Id, cancellationToken);
            var plan = new Site(PageRenderer.Create()).Plan(archive, before, content);
            var publication = await target.PublishAsync(archive.Charter.Id, plan.Files(), progress, cancellationToken);
            await SaveAsync(folder, read.Digest(plan.Digest()), cancellationToken);
            return publication;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"--out {folder}: cannot be written ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>After all else: what it says of the files is true of all that are in place.</summary>
    private static async Task SaveAsync(string folder, byte[]? digest, CancellationToken cancellationToken)
    {
        var file = DigestOf(folder);
        if (digest is null)
        {
            File.Delete(file);
            return;
        }

        await File.WriteAllBytesAsync(file + ".new", digest, cancellationToken);
        File.Move(file + ".new", file, overwrite: true);
    }
}
