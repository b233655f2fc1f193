using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Files;
using BscFlow.Meetings;

namespace BscFlow.Local.Running;

/// <summary>The committees of a run, with the minutes that they bring.</summary>
internal sealed record Committees(IReadOnlyList<LocalCharter> Files, Dictionary<string, IReadOnlyList<ArchiveFile>> Archives)
{
    private static readonly TimeSpan BeforeTheNextMeeting = TimeSpan.FromDays(8);

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "default");

    public IReadOnlyList<Charter> Charters { get; } = [.. Files.Select(file => file.Charter)];

    /// <summary>Whose time is shown where a page is of no committee, and in which moments are read.</summary>
    public TimeZoneInfo Zone => Charters[0].Zone();

    /// <exception cref="RefusalException">A charter or a file of minutes cannot be used.</exception>
    public static Committees Read(RunOptions options)
    {
        var committees = ReadFiles(options);
        return options.Git
            ? committees with { Archives = committees.Archives.ToDictionary(archive => archive.Key, archive => GitHistory.Tell(archive.Value)) }
            : committees;
    }

    private static Committees ReadFiles(RunOptions options)
    {
        if (options.Charters is [])
        {
            return ReadSample(options.Archive);
        }

        var files = LocalCharter.ReadAll(options.Charters);
        return new Committees(files, options.Archive is { } archive ? ReadArchives(files, archive) : []);
    }

    /// <summary>One committee with its minutes.</summary>
    /// <param name="minutes">A file or a folder.</param>
    /// <exception cref="RefusalException">The minutes cannot be imported.</exception>
    public static Committees Read(LocalCharter charter, string minutes) =>
        new([charter], new() { [charter.Charter.Id] = ReadArchive(charter.Charter, minutes) });

    /// <summary>Where the clock begins unless it is told: eight days before the meeting that follows the minutes.</summary>
    /// <remarks>
    /// A draft is due a week before its meeting by default, so whoever moves the clock by a day sees things happen. Without
    /// minutes there is no such moment.
    /// </remarks>
    public DateTimeOffset? AfterTheArchive()
    {
        var nextMeetings = Charters
            .Where(charter => Archives.ContainsKey(charter.Id))
            .Select(charter => (Charter: charter, Last: Archives[charter.Id].SelectMany(file => file.Minutes.Meetings).Max(minutes => minutes.Date)))
            .Select(entry => entry.Last is { } last
                ? new MeetingCalendar(entry.Charter)
                    .Between(last.AddDays(1), last.AddYears(1))
                    .FirstOrDefault(meeting => !meeting.Cancelled)
                : null);
        return nextMeetings.Max(meeting => meeting?.Start) - BeforeTheNextMeeting;
    }

    /// <summary>A mailbox for each address that a charter names.</summary>
    public IReadOnlyList<EmulatedMailbox> Mailboxes() =>
    [
        .. Charters.SelectMany(MailboxesOf).DistinctBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase),
    ];

    private static Committees ReadSample(string? archive)
    {
        var charter = LocalCharter.Read(Path.Combine(Sample, "charter.json"));
        return Read(charter, archive ?? Sample);
    }

    private static IEnumerable<EmulatedMailbox> MailboxesOf(Charter charter)
    {
        yield return new EmulatedMailbox(charter.Mailbox, charter.Name);
        foreach (var member in charter.Members)
        {
            foreach (var address in member.Addresses)
            {
                yield return new EmulatedMailbox(address, member.Name);
            }
        }

        foreach (var guest in charter.Guests.Where(guest => guest.Address is not null))
        {
            yield return new EmulatedMailbox(guest.Address!, guest.Name);
        }

        foreach (var secretary in charter.Secretaries)
        {
            yield return new EmulatedMailbox(secretary, $"Secretary of {charter.Name}");
        }

        if (charter.List is { } list)
        {
            yield return new EmulatedMailbox(list, $"List of {charter.Name}");
        }
    }

    private static Dictionary<string, IReadOnlyList<ArchiveFile>> ReadArchives(
        IReadOnlyList<LocalCharter> charters, string archive)
    {
        if (charters is [var only])
        {
            return new() { [only.Charter.Id] = ReadArchive(only.Charter, archive) };
        }

        var archives = charters
            .Select(charter => (charter.Charter, Folder: Path.Combine(archive, charter.Charter.Id)))
            .Where(entry => Directory.Exists(entry.Folder))
            .ToDictionary(entry => entry.Charter.Id, entry => ReadArchive(entry.Charter, entry.Folder));
        return archives.Count > 0
            ? archives
            : throw new RefusalException(
                $"{archive}: with several committees each has its minutes in a folder of its own, such as {charters[0].Charter.Id}");
    }

    /// <summary>An archive that cannot be imported is refused here, before anything is started or written.</summary>
    private static IReadOnlyList<ArchiveFile> ReadArchive(Charter charter, string path)
    {
        var files = MinutesFiles.Read(path);
        return ArchivePlans.Make(charter, files).Meetings.Count > 0
            ? files
            : throw new RefusalException($"{path}: there are no minutes of any meeting in it");
    }
}
