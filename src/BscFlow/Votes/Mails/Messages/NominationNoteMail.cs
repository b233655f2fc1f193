using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter or a nominee: what their mail was taken for.</summary>
public sealed record NominationNoteMail : Message
{
    public required NominationFacts Election { get; init; }

    /// <summary>A paragraph each.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    public required Uri Page { get; init; }

    public override string Subject => $"Re: Nominations: {Election.Title}";

    internal override Type Html => typeof(NominationNoteMailHtml);

    internal const string PageLabel = "The page";

    private protected override void Write(TextBody text)
    {
        foreach (var line in Lines)
        {
            text.Paragraph(line);
        }

        text.Link(PageLabel, Page);
    }
}
