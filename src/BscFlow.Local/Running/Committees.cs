using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Local.Files;
using BscFlow.Meetings;

namespace BscFlow.Local.Running;

/// <summary>The committees of a run, with the minutes that they bring.</summary>
internal sealed record Committees(IReadOnlyList<LocalCharter> Files, Dictionary<string, IReadOnlyList<ArchiveFile>> Archives)
{
    private static readonly TimeSpan BeforeTheSamplesNextMeeting = TimeSpan.FromDays(8);

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "default");

    public IReadOnlyList<Charter> Charters { get; } = [.. Files.Select(file => file.Charter)];

    /// <summary>Whose time is shown where a page is of no committee, and in which moments are read.</summary>
    public TimeZoneInfo Zone => Charters[0].Zone();

    /// <exception cref="RefusalException">A charter or a file of minutes cannot be used.</exception>
    public static Committees Read(RunOptions options)
    {
        IReadOnlyList<string> paths = options.Charters.Count > 0 ? options.Charters : [Path.Combine(Sample, "charter.json")];
        var archive = options.Archive ?? (options.Charters.Count > 0 ? null : Sample);
        var files = LocalCharter.ReadAll(paths);
        return new Committees(files, archive is null ? [] : ReadArchives(files, archive));
    }

    /// <summary>Where the clock of the sample begins: eight days before the meeting that follows its minutes.</summary>
    /// <remarks>The next draft becomes due a day later, so that whoever moves the clock by a day sees things happen.</remarks>
    public DateTimeOffset SampleStart()
    {
        var charter = Charters[0];
        var last = Archives[charter.Id].SelectMany(file => file.Minutes.Meetings).Max(minutes => minutes.Date)
            ?? throw new InvalidOperationException("The minutes of the sample have no date.");
        var next = new MeetingCalendar(charter).Between(last.AddDays(1), last.AddYears(1)).First(meeting => !meeting.Cancelled);
        return next.Start - BeforeTheSamplesNextMeeting;
    }

    /// <summary>A mailbox for each address that a charter names.</summary>
    public IReadOnlyList<EmulatedMailbox> Mailboxes() =>
    [
        .. Charters.SelectMany(MailboxesOf).DistinctBy(mailbox => mailbox.Address, StringComparer.OrdinalIgnoreCase),
    ];

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

    private static Dictionary<string, IReadOnlyList<ArchiveFile>> ReadArchives(IReadOnlyList<LocalCharter> charters, string archive)
    {
        if (charters is [var only])
        {
            return new() { [only.Charter.Id] = MinutesFiles.Read(archive) };
        }

        var archives = charters
            .Select(charter => (charter.Charter.Id, Folder: Path.Combine(archive, charter.Charter.Id)))
            .Where(entry => Directory.Exists(entry.Folder))
            .ToDictionary(entry => entry.Id, entry => MinutesFiles.Read(entry.Folder));
        return archives.Count > 0
            ? archives
            : throw new RefusalException(
                $"{archive}: with several committees each has its minutes in a folder of its own, such as {charters[0].Charter.Id}");
    }
}
