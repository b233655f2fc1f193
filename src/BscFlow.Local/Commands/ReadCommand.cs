using System.CommandLine;
using System.Globalization;
using System.Text;
using BscFlow.Local.Files;
using BscFlow.Meetings;
using BscFlow.Minutes;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow read</c>: what the minutes say, as the program understands them.</summary>
internal static class ReadCommand
{
    public static Command Create()
    {
        var path = ArchiveArguments.Path();
        var json = new Option<bool>("--json") { Description = "Print all that was read, as JSON." };
        var command = new Command("read", "Print the meetings that minutes hold.") { path, json };
        command.SetAction(async (parsed, _) =>
        {
            var from = parsed.GetRequiredValue(path);
            var files = MinutesFiles.Read(from);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                await output.WriteJsonAsync(stream =>
                    MinutesListing.Write(stream, files.Select(file => (MinutesFiles.NameBelow(from, file), file.Minutes))));
            }
            else
            {
                await output.WriteAsync(Table(files));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static string Table(IReadOnlyList<ArchiveFile> files)
    {
        var table = new StringBuilder();
        foreach (var file in files)
        {
            table.AppendLine(file.Name);
            if (file.Minutes.Meetings.Count == 0)
            {
                table.AppendLine("  no meeting was found");
            }

            foreach (var meeting in file.Minutes.Meetings)
            {
                table.AppendLine(Line(meeting));
            }
        }

        return table.ToString();
    }

    private static string Line(MeetingMinutes meeting)
    {
        var number = meeting.Number is { } given ? $"#{given}" : "";
        var date = meeting.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "no date";
        if (meeting.Status == MeetingStatus.Cancelled)
        {
            return $"  {number,-5} {date,-10}  cancelled";
        }

        var duration = meeting.DurationMinutes is { } minutes ? $"{minutes} min" : "";
        var counts =
            $"{meeting.Participants.Count,2} present  {meeting.ActionItems.Count,2} to do  {meeting.Decisions.Count,2} decided";
        return $"  {number,-5} {date,-10}  {duration,7}  {counts}  {Chairs(meeting)}".TrimEnd();
    }

    private static string Chairs(MeetingMinutes meeting) =>
        meeting.Chairs.Count == 0 ? "" : $"chair {string.Join(" and ", meeting.Chairs.Select(chair => chair.Name))}";
}
