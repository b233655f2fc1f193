using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>What stands in the calendar entry of a meeting; one for all who are invited.</summary>
public sealed record InvitationNote : Message
{
    public required MeetingFacts Meeting { get; init; }

    public required QuorumNeed Quorum { get; init; }

    public required Uri Page { get; init; }

    public override string Subject => Meeting.Title;

    internal override Type Html => typeof(InvitationNoteHtml);

    internal const string Answer = "Please accept or decline. The agenda comes by mail and stands on the meeting's page.";

    private protected override void Write(TextBody text)
    {
        Meeting.Write(text, Meeting.ChairOrNobody);
        text.Fact("Quorum", Quorum.ToString());
        text.Paragraph(Answer);
        text.Link("The meeting's page", Page);
    }
}
