using System.Globalization;
using BscFlow.Actions;
using BscFlow.Actions.Messages;
using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>What it takes for the meeting to decide.</summary>
/// <param name="Needed">Members who must be there.</param>
/// <param name="InOffice">Members in office that day.</param>
public sealed record QuorumNeed(int Needed, int InOffice)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Needed} of {InOffice} members must be there for decisions");
}

/// <summary>The open action items of one person.</summary>
/// <param name="Owner">Name, or a phrase where nobody is named.</param>
public sealed record OwnedActions(string Owner, IReadOnlyList<ActionItem> Items);

/// <summary>A motion by mail that is not over.</summary>
/// <param name="Standing">Such as <c>open until 8 July 2025, 11:00</c>.</param>
/// <param name="Page">Its public page.</param>
public sealed record PendingVote(string Title, string Standing, Uri Page);

/// <summary>The first mail about a meeting; its subject is that of the whole thread. For a special meeting it says why.</summary>
public sealed record AgendaMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    /// <summary>Why a special meeting is held.</summary>
    public string? Reason { get; init; }

    /// <summary>The reader is the one in the chair.</summary>
    public bool InTheChair { get; init; }

    public IReadOnlyList<AgendaItem> Agenda { get; init; } = [];

    /// <summary>Topics that earlier meetings did not get to.</summary>
    public IReadOnlyList<string> LeftOver { get; init; } = [];

    public IReadOnlyList<OwnedActions> Actions { get; init; } = [];

    /// <summary>Motions by mail that are open or wait for another body, each with how it stands.</summary>
    public IReadOnlyList<PendingVote> Motions { get; init; } = [];

    public required QuorumNeed Quorum { get; init; }

    /// <summary>Names of the members in office who said that they are away that day.</summary>
    public IReadOnlyList<string> Away { get; init; } = [];

    /// <summary>The meeting's page.</summary>
    public required Uri Page { get; init; }

    public override string Subject => $"Agenda: {Meeting.Title}";

    internal override Type Html => typeof(AgendaMailHtml);

    internal string Opening => Meeting.Special
        ? $"A special meeting of the {Committee} has been called."
        : $"This is the agenda of the next meeting of the {Committee}.";

    internal string Chair => InTheChair ? $"{Reader.Name} (you)" : Meeting.ChairOrNobody;

    /// <summary>Who will be missing, and what that means for the quorum; null where nobody said so.</summary>
    internal string? AwayWords => Away switch
    {
        [] => null,
        _ when Quorum.InOffice - Away.Count < Quorum.Needed =>
            $"Away that day: {string.Join(", ", Away)}. Without them there is no quorum; whatever is decided needs a vote by mail.",
        _ when Quorum.InOffice - Away.Count == Quorum.Needed =>
            $"Away that day: {string.Join(", ", Away)}. Everyone else is needed for a quorum.",
        _ => $"Away that day: {string.Join(", ", Away)}.",
    };

    internal const string NoAgenda = "Nothing has been sent in yet.";

    internal const string Answer =
        "Please accept or decline the invitation in your calendar, so that everyone knows whether there will be a quorum.";

    internal const string Add = "To put something on the agenda, reply to this mail: one line, or a list.";

    internal const string IfYouCannot = "If you cannot, reply to this mail, and the secretary will find someone else.";

    internal const string CannotChair = $"You are in the chair. {IfYouCannot}";

    internal static string Line(AgendaItem item) =>
        item.ProposedBy is null ? item.Text : $"{item.Text} ({item.ProposedBy})";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (Reason is not null)
        {
            text.Paragraph($"Reason: {Reason}");
        }

        Meeting.Write(text, Chair);
        text.Fact("Quorum", Quorum.ToString());
        text.Paragraph(Answer);
        if (AwayWords is not null)
        {
            text.Paragraph(AwayWords);
        }

        if (InTheChair)
        {
            text.Paragraph(CannotChair);
        }

        text.Heading("Agenda");
        if (Agenda.Count == 0)
        {
            text.Line(NoAgenda);
        }

        foreach (var (index, item) in Agenda.Index())
        {
            text.Numbered(index + 1, Line(item));
        }

        text.Paragraph(Add);
        text.Link("The meeting's page", Page);

        if (LeftOver.Count > 0)
        {
            text.Heading("Left over from earlier meetings");
            foreach (var topic in LeftOver)
            {
                text.Bullet(topic);
            }
        }

        if (Motions.Count > 0)
        {
            text.Heading("Open motions");
            foreach (var motion in Motions)
            {
                text.Bullet($"{motion.Title} ({motion.Standing})");
            }
        }

        if (Actions.Count > 0)
        {
            text.Heading("Open action items");
            foreach (var (owner, items) in Actions)
            {
                text.Gap();
                text.Line(owner);
                foreach (var item in items)
                {
                    text.Bullet($"{item.TextBesideDue} ({ActionWords.Origin(item)})");
                }
            }
        }
    }
}
