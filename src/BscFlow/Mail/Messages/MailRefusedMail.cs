namespace BscFlow.Mail.Messages;

/// <summary>To the secretary: a mail that will never leave.</summary>
public sealed record MailRefusedMail : Message
{
    public required IReadOnlyList<Recipient> To { get; init; }

    public required string MailSubject { get; init; }

    public required string Reason { get; init; }

    public override string Subject => $"{Committee}: a mail to {Names} did not leave";

    internal override Type Html => typeof(MailRefusedMailHtml);

    internal string Opening => $"The mail \"{MailSubject}\" to {Names} did not leave and will not be tried again.";

    internal string Addresses => string.Join(", ", To.Select(to => $"{to.Name} <{to.Address}>"));

    internal const string Advice =
        "If the address is wrong, put it right in the charter. Later mails will use it; "
        + "what this one said, please tell them yourself.";

    private string Names =>
        To.Count > 3 ? $"{To[0].Name} and {To.Count - 1} others" : string.Join(", ", To.Select(to => to.Name));

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Gap();
        text.Fact("To", Addresses);
        text.Fact("Reason", Reason);
        text.Paragraph(Advice);
    }
}
