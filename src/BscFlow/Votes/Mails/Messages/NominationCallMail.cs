using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To each voter: nominations are asked for, by mail or on the page.</summary>
public sealed record NominationCallMail : Message
{
    public required NominationFacts Election { get; init; }

    /// <summary>The page on which this voter nominates.</summary>
    public required Uri Page { get; init; }

    public override string Subject => $"Nominations: {Election.Title}";

    internal override Type Html => typeof(NominationCallMailHtml);

    internal string Opening => $"The {Committee} asks for nominations until {Election.Nominations}:";

    internal string Then =>
        $"Whoever is nominated gets a mail and can accept until {Election.Answers}. Those who accept stand on the ballot.";

    internal const string How = "Answer this mail with a person a line, such as:";

    internal static IReadOnlyList<string> Forms { get; } =
        ["Ada Bell <ada@example.org>, Northlight", "the name of a member of the committee", "me"];

    internal const string PageLabel = "Or nominate on a page";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Verbatim($"{Election.Title}\n\n{Election.Text}");
        text.Paragraph(How);
        text.Gap();
        foreach (var form in Forms)
        {
            text.Bullet(form);
        }

        text.Paragraph(Then);
        text.Link(PageLabel, Page);
    }
}
