using System.CommandLine;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Local.Files;
using BscFlow.Minutes;
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
        var command = new Command("publish", "Write the public pages of an archive of minutes.") { path, folder, charter };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var minutes = parsed.GetRequiredValue(path);
            var archive = ReadArchive(LocalCharter.Of(parsed.GetValue(charter), minutes).Charter, minutes, TimeProvider.System);
            var target = parsed.GetRequiredValue(folder);
            var publication = await PublishAsync(archive, target, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{target}: {publication.Written} files written, {publication.Unchanged} unchanged, {publication.Removed} removed");
            return ExitCode.Done;
        });
        return command;
    }

    private static Archive ReadArchive(Charter charter, string minutes, TimeProvider clock)
    {
        var plan = ArchivePlans.Make(charter, MinutesFiles.Read(minutes));
        return new Archive
        {
            Charter = charter,
            Years = [.. plan.Years.Select(year => new YearMinutes(year.Key, MinutesReader.Read(year.Value)))],
            Meetings = [.. plan.Meetings.Select(meeting => meeting.Row)],
            Actions = ActionRegister.ReadAll(plan.Meetings.Select(meeting => meeting.Minutes), new Roster(charter)),
            Now = clock.GetUtcNow(),
        };
    }

    private static async Task<Publication> PublishAsync(Archive archive, string folder, CancellationToken cancellationToken)
    {
        var target = new FolderSite(folder, compress: true);
        try
        {
            var before = await SiteBefore.AtAsync(target, archive.Charter.Id, cancellationToken);
            return await target.PublishAsync(
                archive.Charter.Id, new Site(PageRenderer.Create()).Plan(archive, before), progress: null, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException($"{folder}: {e.Message}", e);
        }
    }
}
