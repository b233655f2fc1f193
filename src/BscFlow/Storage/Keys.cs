using System.Globalization;

namespace BscFlow.Storage;

/// <summary>The names of tables, containers and queues, and the one place that builds row keys and blob paths.</summary>
public static partial class Keys
{
    public const string CommitteesTable = "Committees";
    public const string MeetingsTable = "Meetings";
    public const string AgendaTable = "Agenda";
    public const string AuditTable = "Audit";

    public const string MinutesContainer = "minutes";
    public const string ConfigContainer = "config";
    public const string SiteContainer = "site";

    /// <summary>
    /// Container of <see cref="KeyRingBlob"/> and of sessions that were left: who may put a charter into force must not read what
    /// protects sessions.
    /// </summary>
    public const string KeyRingContainer = "keyring";

    public const string StepsQueue = "steps";

    /// <summary>The Functions host moves a message here after its last try; the local front does the same.</summary>
    public const string PoisonStepsQueue = "steps-poison";

    /// <summary>Mails that are to leave, apart from all other steps: ten thousand of them keep no deadline waiting.</summary>
    public const string MailQueue = "mail";

    public const string PoisonMailQueue = "mail-poison";

    /// <summary>Every table of the account.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        CommitteesTable, MeetingsTable, AgendaTable, ActionsTable, OutboxTable, AuditTable, ClockTable, AbsencesTable,
        MotionsTable, BallotsTable, TokensTable, MailTable, NominationsTable,
    ];

    /// <summary>Every container of the account.</summary>
    public static IReadOnlyList<string> Containers { get; } =
        [MinutesContainer, ConfigContainer, SiteContainer, KeyRingContainer, VotesContainer, MailContainer];

    /// <summary>Every queue of the account.</summary>
    public static IReadOnlyList<string> Queues { get; } = [StepsQueue, PoisonStepsQueue, MailQueue, PoisonMailQueue];

    /// <summary>Blob of the keys that protect cookies and form tokens.</summary>
    public const string KeyRingBlob = "keys.xml";

    /// <summary>Blob beside <see cref="KeyRingBlob"/> that says that a session was left.</summary>
    public static string LeftSessionBlob(string session) => $"left-{session}";

    /// <summary>The one row of a committee in <see cref="CommitteesTable"/>.</summary>
    public const string CommitteeRow = "committee";

    /// <summary>Row of <see cref="CommitteesTable"/> that counts the mails of an hour.</summary>
    public const string MailAllowanceRow = "mails";

    /// <summary>Row of a numbered meeting: <c>0062</c>.</summary>
    public static string Meeting(int number) => number.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>How a meeting is called where it may have no number: <c>0062</c>, or its date, <c>2025-11-12</c>.</summary>
    public static string MeetingOrDay(int? number, DateOnly day) =>
        number is { } known ? Meeting(known) : day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Row of a meeting that was cancelled and has no number: <c>none-20251112T1700Z</c>.</summary>
    public static string MeetingWithoutNumber(DateTimeOffset start) => $"none-{Instant(start)}";

    /// <summary>A moment, as it stands in keys: <c>20251112T1700Z</c>.</summary>
    public static string Instant(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture);

    /// <summary>The moment that <see cref="Instant"/> wrote.</summary>
    public static DateTimeOffset ParseInstant(string text) =>
        DateTimeOffset.ParseExact(
            text, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>As <see cref="ParseInstant"/>, where the text may be anything.</summary>
    public static bool TryParseInstant(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out moment);

    /// <summary>
    /// Row of an agenda item; sorts by the time it was sent in, and of several of one mail by their order in it.
    /// </summary>
    /// <param name="id">Tells it from others of that moment; letters and digits.</param>
    public static string AgendaItem(DateTimeOffset sent, int order, string id) => string.Create(
        CultureInfo.InvariantCulture, $"{sent.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}-{order:D2}-{id}");

    /// <summary>Blob of one meeting's minutes: <c>bsc/2025/0062.md</c>.</summary>
    public static string MinutesBlob(string committee, int year, string meetingRow) => $"{committee}/{year}/{meetingRow}.md";

    /// <summary>Blob of a text that lost a race for <see cref="MinutesBlob"/>.</summary>
    public static string LostMinutesBlob(string committee, int year, string meetingRow, string hash) =>
        $"{committee}/{year}/{meetingRow}.lost-{hash}.md";

    /// <summary>Blob of a published year: <c>bsc/2025.md</c>.</summary>
    public static string YearBlob(string committee, int year) => $"{committee}/{year}.md";

    public static string CharterBlob(string committee) => $"{committee}/charter.json";

    /// <summary>Beginning of the blobs of a committee's former charters.</summary>
    public static string CharterHistory(string committee) => $"{committee}/history/";

    /// <summary>Blob of a former charter, named for the moment from which on it was in force.</summary>
    public static string FormerCharterBlob(string committee, DateTimeOffset since) =>
        $"{CharterHistory(committee)}{since.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfffffff'Z'", CultureInfo.InvariantCulture)}.json";

    /// <summary>Row of the last event's sequence and hash.</summary>
    public const string AuditHead = "head";

    /// <summary>Row of an event; sorts by sequence.</summary>
    public static string AuditEntry(long sequence) => sequence.ToString("D12", CultureInfo.InvariantCulture);

    /// <summary>Greater than the row of any event and smaller than any other row of the partition.</summary>
    public const string AuditEnd = "a";

    /// <summary>Row that says that an event is on record.</summary>
    public static string AuditOnce(string @event, string subject) => OutboxMail($"once-{@event}-{subject}");
}
