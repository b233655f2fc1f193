using System.Globalization;

namespace BscFlow.Mail.Messages;

/// <summary>To the secretary: so many mails were to leave in one hour that they are held back.</summary>
public sealed record MailLimitMail : Message
{
    /// <summary>How many may leave in an hour.</summary>
    public required int Limit { get; init; }

    /// <summary>Of the hour in which it was reached.</summary>
    public required DateTimeOffset Hour { get; init; }

    /// <summary>Where it can be looked into.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"{Committee}: mails are held back (needs you)";

    internal override Type Html => typeof(MailLimitMailHtml);

    internal string Opening => string.Create(
        CultureInfo.InvariantCulture,
        $"More than {Limit} mails were to leave in the hour from {Hour.UtcDateTime:d MMM yyyy, HH:mm} UTC. Those over it wait for the next.");

    internal const string Advice =
        "If the committee is that large, raise the setting BscFlow__MailsAnHour. If not, two programs may be answering each other: "
        + "look at what came into the mailbox, and take the sender off the list.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Advice);
        text.Link("The desk", Desk);
    }
}
