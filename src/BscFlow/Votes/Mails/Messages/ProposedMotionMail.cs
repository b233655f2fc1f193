using BscFlow.Mail.Messages;
using BscFlow.Meetings.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To the chair: the minutes leave something to a vote by mail, which a click or a reply opens.</summary>
public sealed record ProposedMotionMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    /// <summary>Title that it is given.</summary>
    public required string Motion { get; init; }

    /// <summary>As the minutes word it.</summary>
    public required string Wording { get; init; }

    public required ProposalReason Reason { get; init; }

    /// <summary>Name of the charter's rule under which it is opened.</summary>
    public required string Rule { get; init; }

    /// <summary>What that takes, a sentence.</summary>
    public required string Needs { get; init; }

    /// <summary>The page whose button opens it.</summary>
    public required Uri Open { get; init; }

    public override string Subject => $"Open a vote? {Motion}";

    internal override Type Html => typeof(ProposedMotionMailHtml);

    internal string Opening => Reason switch
    {
        ProposalReason.NoQuorum =>
            $"The minutes of {Meeting.Named} on {Meeting.Day} record this, but there was no quorum, so it is not decided. "
                + "The committee can decide it by mail:",
        _ => $"The minutes of {Meeting.Named} on {Meeting.Day} announce a vote by mail that is not opened yet:",
    };

    internal string Under => $"It would be opened under the rule \"{Rule}\". {Needs}";

    internal const string How = "To open it, answer this mail with the one word \"open\", or press the button on the page:";

    internal const string Otherwise = "The page also lets you choose another rule. If nothing is to be voted on, do nothing.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Verbatim(Wording);
        text.Paragraph(Under);
        text.Paragraph(How);
        text.Link("Open the vote", Open);
        text.Paragraph(Otherwise);
    }
}
