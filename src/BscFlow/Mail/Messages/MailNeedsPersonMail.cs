namespace BscFlow.Mail.Messages;

/// <summary>To the secretary: a mail came in that a person should look at.</summary>
public sealed record MailNeedsPersonMail : Message
{
    private const int LongestText = 2000;

    /// <summary>The address that the mail names as its sender.</summary>
    public required string From { get; init; }

    public required string MailSubject { get; init; }

    /// <summary>What it was taken for and why, a sentence without its full stop.</summary>
    public required string What { get; init; }

    /// <summary>What the sender wrote; null where it is not to be told on.</summary>
    public string? Written { get; init; }

    /// <summary>Where it can be put right.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"{Committee}: a mail from {From} (needs you)";

    internal override Type Html => typeof(MailNeedsPersonMailHtml);

    internal string Opening => $"A mail from {From}, \"{MailSubject}\", waits for you: {What}.";

    internal string? Quoted => Written is null ? null : CutText.To(Written, LongestText);

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (!string.IsNullOrWhiteSpace(Quoted))
        {
            text.Verbatim(Quoted);
        }

        text.Link("The mails at the desk", Desk);
    }
}
