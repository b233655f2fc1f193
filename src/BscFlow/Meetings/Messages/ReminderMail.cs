using System.Globalization;
using BscFlow.Mail;
using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>What one member answered to the invitation.</summary>
public sealed record MemberAnswer(string Name, Answer Answer);

/// <summary>Whether enough members will be there.</summary>
public enum QuorumOutlook
{
    /// <summary>Enough have said yes.</summary>
    Reached,

    /// <summary>Not yet, but those who have not said no are enough.</summary>
    Possible,

    /// <summary>So many have said no that it cannot be reached.</summary>
    OutOfReach,
}

/// <summary>The day before: who is coming, and whether there will be a quorum.</summary>
public sealed record ReminderMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    /// <summary>All members in office that day, in the charter's order.</summary>
    public required IReadOnlyList<MemberAnswer> Answers { get; init; }

    /// <summary>Members who must be there for decisions.</summary>
    public required int QuorumNeeded { get; init; }

    /// <summary>The reader's own answer; null for someone who has no vote.</summary>
    public Answer? Own { get; init; }

    public required Uri Page { get; init; }

    public override string Subject => $"Reminder: {Meeting.Title}";

    internal override Type Html => typeof(ReminderMailHtml);

    public QuorumOutlook Outlook =>
        Count(Answer.Accepted) >= QuorumNeeded ? QuorumOutlook.Reached
        : Answers.Count - Count(Answer.Declined) >= QuorumNeeded ? QuorumOutlook.Possible
        : QuorumOutlook.OutOfReach;

    internal string Opening => $"This is a reminder of {Meeting.Named}.";

    internal string Tally => string.Create(
        CultureInfo.InvariantCulture, $"{Count(Answer.Accepted)} of {Answers.Count} coming, quorum is {QuorumNeeded}.");

    internal string OutlookWords => Outlook switch
    {
        QuorumOutlook.Reached => "The meeting will be able to decide.",
        QuorumOutlook.Possible => "Not enough yet: the answers that are still open will settle it.",
        _ => "There will be no quorum. The meeting can talk, but whatever it decides needs a vote by mail.",
    };

    internal string? OwnWords => Own switch
    {
        Answer.Accepted => "You said that you are coming. There is nothing to do.",
        Answer.Tentative => "You said maybe. If you know by now, please change your answer to yes or no in your calendar.",
        Answer.Declined => "You said that you cannot come. If that has changed, accept the invitation in your calendar.",
        Answer.None => "You have not answered yet. Please accept or decline the invitation in your calendar.",
        _ => null,
    };

    /// <summary>Who gave which answer; answers that nobody gave are left out.</summary>
    internal IEnumerable<(string Label, string Names)> Groups =>
        from kind in Kinds
        let names = string.Join(", ", Answers.Where(member => member.Answer == kind.Answer).Select(member => member.Name))
        where names.Length > 0
        select (kind.Label, names);

    private static readonly (Answer Answer, string Label)[] Kinds =
    [
        (Answer.Accepted, "Coming"), (Answer.Tentative, "Maybe"), (Answer.Declined, "Not coming"), (Answer.None, "No answer yet"),
    ];

    private int Count(Answer answer) => Answers.Count(member => member.Answer == answer);

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        Meeting.Write(text, Meeting.ChairOrNobody);
        text.Paragraph($"{Tally} {OutlookWords}");
        text.Gap();
        foreach (var (label, names) in Groups)
        {
            text.Fact(label, names);
        }

        if (OwnWords is not null)
        {
            text.Paragraph(OwnWords);
        }

        text.Link("The meeting's page, with its agenda", Page);
    }
}
