using System.Globalization;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>What the key of a mail of ours says about it.</summary>
/// <param name="Kind">First part of the key.</param>
/// <param name="Subject">A meeting's row, a motion, a week.</param>
/// <param name="Start">Of the meeting, for a mail about one.</param>
/// <param name="Reader">As in <see cref="Addressee.Key"/>, in lower case.</param>
public sealed record MailKey(string Kind, string Subject, DateTimeOffset? Start, string Reader)
{
    public const string Agenda = "agenda";
    public const string Circulation = "circulation";
    public const string Published = "published";
    public const string Digest = "digest";

    /// <summary>Says what was understood of an answer to <see cref="Digest"/>; <see cref="Subject"/> is the mail that said it.</summary>
    public const string ActionReceipt = "actions-receipt";

    /// <summary>Says on which agenda something stands, or how to say it; <see cref="Subject"/> as above, or what was answered.</summary>
    public const string AgendaReceipt = "agenda-receipt";

    /// <summary>The calendar's entry of a meeting, which is no mail of the outbox and known by its subject.</summary>
    public const string Invitation = "invitation";

    /// <summary>Asks whether to open a motion; <see cref="Subject"/> is the meeting's row and the motion's id.</summary>
    public const string Proposal = "propose";

    /// <summary>Null for no key, and for one of a shape that nobody answers.</summary>
    public static MailKey? Read(string? key) => key?.Split('|') switch
    {
        [var kind, var meeting, var start, var reader] when IsInstant(start) =>
            new(kind, meeting, Keys.ParseInstant(start.ToUpperInvariant()), reader),
        [var kind, .. var about, var reader] when about.Length > 0 => new(kind, string.Join('|', about), null, reader),
        _ => null,
    };

    /// <summary>
    /// What a person calls the mail: "the reminder to vote on 2026-12-speakers", "the agenda of meeting 34". Their names inside, which
    /// begin the keys of the outbox, tell nobody anything.
    /// </summary>
    public string InWords => Kind.Split('-')[0] switch
    {
        "vote" or "again" => $"the call to vote on {Subject}",
        "remind" => $"the reminder to vote on {Subject}",
        "nominate" => $"the call for nominations for {Subject}",
        "nominee" => $"the question whether they stand for {Subject}",
        "corrected" or "extended" => $"the news of a change to {Subject}",
        "result" => $"the result of {Subject}",
        "receipt" => $"the receipt of their vote on {Subject}",
        Agenda => $"the agenda of {Meeting}",
        "reminder" => $"the reminder of {Meeting}",
        "minutes" => $"the mail that asks for the minutes of {Meeting}",
        Circulation => $"the minutes of {Meeting}",
        "cancellation" => $"the mail that {Meeting} is cancelled",
        Proposal => $"the question whether to open {Subject.Split('|')[^1]}",
        Digest => "the list of their action items",
        _ => $"a mail about {Subject}",
    };

    private string Meeting => int.TryParse(Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? string.Create(CultureInfo.InvariantCulture, $"meeting #{number}")
        : $"the meeting of {Subject}";

    private static bool IsInstant(string part) => DateTimeOffset.TryParseExact(
        part.ToUpperInvariant(), "yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
