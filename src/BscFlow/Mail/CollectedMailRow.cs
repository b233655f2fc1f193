using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Mail;

/// <summary>One incoming mail as its rows in the Mail table.</summary>
internal static class CollectedMailRow
{
    public static TableEntity Write(CollectedMail mail) => new(mail.Committee, Keys.MailEntry(mail.Received, mail.Id))
    {
        ["v"] = 1,
        [nameof(CollectedMail.MessageId)] = mail.MessageId,
        [nameof(CollectedMail.Mailbox)] = mail.Mailbox,
        [nameof(CollectedMail.GraphId)] = mail.GraphId,
        [nameof(CollectedMail.Received)] = mail.Received,
        [nameof(CollectedMail.From)] = mail.From,
        [nameof(CollectedMail.Subject)] = mail.Subject,
        [nameof(CollectedMail.Kind)] = mail.Kind.ToString(),
        [nameof(CollectedMail.Reason)] = mail.Reason,
        [nameof(CollectedMail.About)] = mail.About,
        [nameof(CollectedMail.Member)] = mail.Member,
        [nameof(CollectedMail.CastIn)] = mail.CastIn,
        [nameof(CollectedMail.Text)] = mail.Text,
        [nameof(CollectedMail.Acted)] = mail.Acted,
        [nameof(CollectedMail.NeedsPerson)] = mail.NeedsPerson,
        [nameof(CollectedMail.SettledAt)] = mail.SettledAt,
        [nameof(CollectedMail.SettledBy)] = mail.SettledBy,
        [nameof(CollectedMail.Settlement)] = mail.Settlement,
        [nameof(CollectedMail.Secret)] = mail.Secret,
        [nameof(CollectedMail.EraseAfter)] = mail.EraseAfter,
        [nameof(CollectedMail.RawId)] = mail.RawId,
        [nameof(CollectedMail.HasRaw)] = mail.HasRaw,
    };

    public static TableEntity Seen(CollectedMail mail) => new(mail.Committee, Keys.MailSeen(mail.Id))
    {
        ["v"] = 1,
        [nameof(SeenMail.GraphId)] = mail.GraphId,
        [nameof(SeenMail.Received)] = mail.Received,
        [nameof(SeenMail.Acted)] = mail.Acted,
        [nameof(SeenMail.CastIn)] = mail.CastIn,
        [nameof(SeenMail.Secret)] = mail.Secret,
    };

    public static TableEntity WithoutRaw(CollectedMail mail) => new(mail.Committee, Keys.MailEntry(mail.Received, mail.Id))
    {
        [nameof(CollectedMail.HasRaw)] = false,
    };

    public static CollectedMail Read(TableEntity row) => new()
    {
        Committee = row.PartitionKey,
        Id = Keys.MailIdIn(row.RowKey),
        MessageId = row.GetString(nameof(CollectedMail.MessageId)),
        Mailbox = row.GetString(nameof(CollectedMail.Mailbox)),
        GraphId = row.GetString(nameof(CollectedMail.GraphId)),
        Received = row.GetDateTimeOffset(nameof(CollectedMail.Received))!.Value,
        From = row.GetString(nameof(CollectedMail.From)),
        Subject = row.GetString(nameof(CollectedMail.Subject)),
        Kind = Enum.Parse<MailKind>(row.GetString(nameof(CollectedMail.Kind))),
        Reason = row.GetString(nameof(CollectedMail.Reason)),
        About = row.GetString(nameof(CollectedMail.About)),
        Member = row.GetString(nameof(CollectedMail.Member)),
        CastIn = row.GetString(nameof(CollectedMail.CastIn)),
        Text = row.GetString(nameof(CollectedMail.Text)),
        Acted = row.GetBoolean(nameof(CollectedMail.Acted))!.Value,
        NeedsPerson = row.GetBoolean(nameof(CollectedMail.NeedsPerson))!.Value,
        SettledAt = row.GetDateTimeOffset(nameof(CollectedMail.SettledAt)),
        SettledBy = row.GetString(nameof(CollectedMail.SettledBy)),
        Settlement = row.GetString(nameof(CollectedMail.Settlement)),
        Secret = row.GetBoolean(nameof(CollectedMail.Secret))!.Value,
        EraseAfter = row.GetString(nameof(CollectedMail.EraseAfter)),
        RawId = row.GetString(nameof(CollectedMail.RawId)),
        HasRaw = row.GetBoolean(nameof(CollectedMail.HasRaw))!.Value,
        ETag = row.ETag,
    };
}
