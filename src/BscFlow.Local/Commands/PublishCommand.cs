using System.CommandLine;
using BscFlow.Actions;
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
        var command = new Command("publish", "Write the public pages of an archive of minutes.") { path, folder, charter, address, now, plain };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var inForce = LocalCharter.Of(parsed.GetValue(charter), minutes).Charter;
            var archive = ReadArchive(inForce, minutes) with
            {
                Now = Now(inForce, parsed.GetValue(now)),
                Address = Address(parsed.GetValue(address)),
            };
            var target = parsed.GetRequiredValue(folder);
            var content = parsed.GetValue(plain) ? SiteContent.Pages : SiteContent.All;
            var progress = Console.IsErrorRedirected ? null : new ProgressLine(parsed.InvocationConfiguration.Error, "files");
            var publication = await PublishAsync(archive, target, content, progress, cancellationToken);
            progress?.Clear();
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{target}: {publication.Written} files written, {publication.Unchanged} unchanged, {publication.Removed} removed");
            return ExitCode.Done;
        });
        return command;
    }

    private static Archive ReadArchive(Charter charter, string minutes)
    {
        var plan = ArchivePlans.Make(charter, MinutesFiles.Read(minutes));
        return new Archive
        {
            Charter = charter,
            Years = [.. plan.Years.Select(year => new YearMinutes(year.Key, year.Value))],
            Meetings = [.. plan.Meetings.Select(meeting => meeting.Row)],
            Actions = ActionRegister.ReadAll(plan.Meetings.Select(meeting => meeting.Minutes), new Roster(charter)),
            Now = default,
        };
    }

    private static DateTimeOffset Now(Charter charter, string? now) =>
        now is null ? TimeProvider.System.GetUtcNow()
        : Moment.TryParse(now, charter.Zone(), out var moment) ? moment
        : throw new RefusalException($"--now {now}: give a moment such as 2025-10-01 or 2025-10-01T09:00");

    private static Uri? Address(string? address) =>
        address is null ? null
        : Uri.TryCreate(address.TrimEnd('/') + '/', UriKind.Absolute, out var whole) && (whole.Scheme is "https" or "http") ? whole
        : throw new RefusalException($"--address {address}: give the whole address, such as https://example.org/tsc/");

    private static async Task<Publication> PublishAsync(
        Archive archive, string folder, SiteContent content, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var target = new FolderSite(folder, compress: content is SiteContent.All);
        try
        {
            var before = await SiteBefore.AtAsync(target, archive.Charter.Id, cancellationToken);
            var files = new Site(PageRenderer.Create()).Plan(archive, before, content).Files();
            return await target.PublishAsync(archive.Charter.Id, files, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{folder}: {e.Message}", e);
        }
    }
}
