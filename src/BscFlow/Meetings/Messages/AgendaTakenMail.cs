using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>To who sent something in for an agenda, or may have: on which agenda it stands.</summary>
public sealed record AgendaTakenMail : MailAnswer
{
    /// <summary>What was put on an agenda; empty where it is not plain what was to be.</summary>
    public required IReadOnlyList<string> Items { get; init; }

    /// <summary>On whose agenda it stands; null while the next meeting is not drafted yet.</summary>
    public MeetingFacts? Meeting { get; init; }

    internal override string Opening => (Items.Count, Meeting) switch
    {
        (0, _) => "Thank you for your mail. The secretary reads it; nothing was put on an agenda because of it.",
        (1, { } meeting) => $"This stands on the agenda of {meeting.Named}, {meeting.Day}:",
        (_, { } meeting) => $"These stand on the agenda of {meeting.Named}, {meeting.Day}:",
        (1, null) => $"This will stand on the agenda of the next meeting of the {Committee}:",
        _ => $"These will stand on the agenda of the next meeting of the {Committee}:",
    };

    internal override IReadOnlyList<string> Lines => Items;

    internal override string? Then => Items.Count == 0
        ? "If that was what you wanted, reply with a line that begins with \"agenda:\", such as \"agenda: who speaks at the summit?\"."
        : null;

    internal override string PageLabel => Meeting is null ? "The meetings" : "The meeting's page";
}
