using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>To the chair of a meeting that is over and has no minutes, or a secretary.</summary>
public sealed record MinutesRequestMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    /// <summary>It was asked for before.</summary>
    public bool Again { get; init; }

    /// <summary>The form that takes the minutes, filled with the draft.</summary>
    public required Uri Form { get; init; }

    /// <summary>The draft as a Markdown file, for those who would rather write in an editor.</summary>
    public required Uri Template { get; init; }

    public override string Subject => $"Please write the minutes: {Meeting.Title}";

    internal override Type Html => typeof(MinutesRequestMailHtml);

    internal string Opening => (Reader.Role, Again) switch
    {
        (ReaderRole.Secretary, true) =>
            $"The minutes of {Meeting.Named} on {Meeting.Day} are still missing. {Meeting.Chair ?? "Whoever was in the chair"} was asked "
            + "for them again today. If that does not help, whoever has this mail can write them.",
        (ReaderRole.Secretary, false) =>
            $"Nobody was put down as chair of {Meeting.Named} on {Meeting.Day}. Its minutes are still to be written.",
        (_, true) => $"The minutes of {Meeting.Named} on {Meeting.Day}, of which you were in the chair, are still missing.",
        _ => $"You were in the chair of {Meeting.Named} on {Meeting.Day}. Its minutes are still to be written.",
    };

    internal const string Draft = "A draft is ready with the date, the chair and the agenda filled in. Please complete it:";

    internal static IReadOnlyList<string> Steps { get; } =
    [
        "Duration and participants: who was there, the chair included.",
        "Notes: a line or two a topic is enough.",
        "Decisions: start the line with \"Decision:\", so that it is found and counted.",
        "Action items: \"AI (name): what\", so that the owner is reminded.",
    ];

    internal const string Then =
        "Once you save it, the members get it with time to object, and after that it is published. Nothing else to do.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Draft);
        text.Gap();
        foreach (var step in Steps)
        {
            text.Bullet(step);
        }

        text.Link("Write the minutes", Form);
        text.Link("The draft as a Markdown file", Template);
        text.Paragraph(Then);
    }
}
