using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>The minutes, for objections until a date.</summary>
public sealed record CirculationMail : Message
{
    public required MeetingFacts Meeting { get; init; }

    /// <summary>The meeting's section as it would be published.</summary>
    public required string Markdown { get; init; }

    public required DateTimeOffset ObjectionsUntil { get; init; }

    /// <summary>What the secretary noticed in them, a sentence each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public required Uri Page { get; init; }

    public override string Subject => $"Minutes, object until {Meeting.Date(ObjectionsUntil)}: {Meeting.Title}";

    internal override Type Html => typeof(CirculationMailHtml);

    internal string Opening => $"These are the minutes of {Meeting.Named} on {Meeting.Day}.";

    internal string Object =>
        $"If something is wrong or missing, reply to this mail and say what, until {Meeting.Moment(ObjectionsUntil)}. "
        + "If nobody objects, they are published as they stand here. If you agree, there is nothing to do.";

    internal const string Noticed = "What the secretary noticed";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Object);
        if (Remarks.Count > 0)
        {
            text.Heading(Noticed);
            foreach (var remark in Remarks)
            {
                text.Bullet(remark);
            }
        }

        text.Link("The meeting's page", Page);
        text.Rule();
        text.Verbatim(Markdown);
        text.Rule();
    }
}
