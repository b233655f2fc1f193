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

    /// <summary>
    /// Says what was understood of an answer to <see cref="Digest"/>; <see cref="Subject"/> is the mail that said it.
    /// </summary>
    public const string ActionReceipt = "actions-receipt";

    /// <summary>
    /// Says on which agenda something stands, or how to say it; <see cref="Subject"/> as above, or what was answered.
    /// </summary>
    public const string AgendaReceipt = "agenda-receipt";

    /// <summary>The calendar's entry of a meeting, which is no mail of the outbox and known by its subject.</summary>
    public const string Invitation = "invitation";

    /// <summary>Asks whether to open a motion; <see cref="Subject"/> is the meeting's row and the motion's id.</summary>
    public const string Proposal = "propose";

    /// <summary>Null for no key, and for one of a shape that nobody answers.</summary>
    public static MailKey? Read(string? key) => key?.Split('|') switch
    {
        [var kind, var meeting, var start, var reader] when Keys.TryParseInstant(start.ToUpperInvariant(), out var moment) =>
            new(kind, meeting, moment, reader),
        [var kind, .. var about, var reader] when about.Length > 0 => new(kind, string.Join('|', about), null, reader),
        _ => null,
    };

    /// <summary>
    /// Id of the motion, or of the call for nominations, that the mail is about; null for a mail about anything else.
    /// </summary>
    public string? Vote => Kind.Split('-')[0] switch
    {
        "vote" or "again" or "remind" or "nominate" or "nominee" or "corrected" or "extended" or "result" or "receipt" => Subject,
        Proposal => Subject.Split('|')[^1],
        _ => null,
    };

    /// <summary>
    /// What a person calls the mail: "the reminder to vote on “Two speakers” (2026-12-speakers)", "the agenda of meeting 34".
    /// Their names inside, which begin the keys of the outbox, tell nobody anything.
    /// </summary>
    /// <param name="title">Of <see cref="Vote"/>; null where nobody knows it.</param>
    public string InWords(string? title) => Kind.Split('-')[0] switch
    {
        "vote" or "again" => $"the call to vote on {Titled(title)}",
        "remind" => $"the reminder to vote on {Titled(title)}",
        "nominate" => $"the call for nominations for {Titled(title)}",
        "nominee" => $"the question whether they stand for {Titled(title)}",
        "corrected" or "extended" => $"the news of a change to {Titled(title)}",
        "result" => $"the result of {Titled(title)}",
        "receipt" => $"the receipt of their vote on {Titled(title)}",
        Agenda => $"the agenda of {Meeting}",
        "reminder" => $"the reminder of {Meeting}",
        "minutes" => $"the mail that asks for the minutes of {Meeting}",
        Circulation => $"the minutes of {Meeting}",
        "cancellation" => $"the mail that {Meeting} is cancelled",
        Proposal => $"the question whether to open {Titled(title)}",
        Digest => "the list of their action items",
        _ => $"a mail about {Subject}",
    };

    private string Titled(string? title) => title is null ? Vote ?? Subject : $"“{title}” ({Vote})";

    private string Meeting => int.TryParse(Subject, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? string.Create(CultureInfo.InvariantCulture, $"meeting #{number}")
        : Start is { } start
            ? string.Create(CultureInfo.InvariantCulture, $"the meeting of {start:d MMM yyyy}")
            : $"the meeting of {Subject}";
}
