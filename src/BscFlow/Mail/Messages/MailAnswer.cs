namespace BscFlow.Mail.Messages;

/// <summary>To who wrote to the committee: what was made of it, so that a misreading does not go unnoticed.</summary>
public abstract record MailAnswer : Message
{
    /// <summary>Of the mail that is answered.</summary>
    public required string MailSubject { get; init; }

    /// <summary>Where what came of it can be seen.</summary>
    public required Uri Page { get; init; }

    public override string Subject =>
        MailSubject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase) ? MailSubject : $"Re: {MailSubject}";

    internal override Type Html => typeof(MailAnswerHtml);

    internal abstract string Opening { get; }

    /// <summary>What was taken, a line each.</summary>
    internal virtual IReadOnlyList<string> Lines => [];

    /// <summary>What the reader can do; null: nothing.</summary>
    internal virtual string? Then => null;

    internal abstract string PageLabel { get; }

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (Lines.Count > 0)
        {
            text.Gap();
        }

        foreach (var line in Lines)
        {
            text.Bullet(line);
        }

        if (Then is not null)
        {
            text.Paragraph(Then);
        }

        text.Link(PageLabel, Page);
    }
}
