using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To somebody who was nominated: accept or decline, by mail or on the page.</summary>
public sealed record NomineeMail : Message
{
    public required NominationFacts Election { get; init; }

    /// <summary>Name of who nominated them.</summary>
    public required string Nominator { get; init; }

    /// <summary>The page on which they answer.</summary>
    public required Uri Page { get; init; }

    public override string Subject => $"You are nominated: {Election.Title}";

    internal override Type Html => typeof(NomineeMailHtml);

    internal string Opening => $"{Nominator} nominated you for this:";

    internal string How =>
        $"Answer this mail with the one word \"accept\" or \"decline\" until {Election.Answers}. Without an answer you do not stand on the ballot.";

    internal const string PageLabel = "Or answer on a page";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Verbatim($"{Election.Title}\n\n{Election.Text}");
        text.Paragraph(How);
        text.Link(PageLabel, Page);
    }
}
