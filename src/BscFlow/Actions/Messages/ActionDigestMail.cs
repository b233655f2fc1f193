using System.Globalization;
using BscFlow.Mail.Messages;

namespace BscFlow.Actions.Messages;

/// <summary>Once a week: what one owner has taken on and not finished.</summary>
public sealed record ActionDigestMail : Message
{
    /// <summary>Open items of the reader; at least one.</summary>
    public required IReadOnlyList<ActionItem> Items { get; init; }

    /// <summary>The day by which ages are told, in the committee's zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The list of all action items.</summary>
    public required Uri Page { get; init; }

    public override string Subject => $"{Committee}: {Count}{(Overdue > 0 ? $", {Overdue} overdue" : "")}";

    internal override Type Html => typeof(ActionDigestMailHtml);

    internal string Opening => $"You have {Count} in the {Committee}:";

    internal string Answer =>
        $"Reply to this mail with a line for each that has news, such as \"{Example} done\", \"{Example} later, by 1 March\" or "
        + $"\"{Example} not mine\". You get this once a week as long as something is open.";

    private string Example => Sorted.First().Id;

    /// <summary>Overdue first, then by due date, then the oldest.</summary>
    internal IEnumerable<ActionItem> Sorted => Items.OrderBy(item => item.Due ?? DateOnly.MaxValue).ThenBy(item => item.Opened);

    private int Overdue => Items.Count(item => item.Due < Today);

    private string Count => Items.Count == 1
        ? "1 open action item"
        : string.Create(CultureInfo.InvariantCulture, $"{Items.Count} open action items");

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Gap();
        foreach (var item in Sorted)
        {
            text.Bullet($"{item.Id}: {item.TextBesideDue} ({ActionWords.Pressing(item, Today)})");
        }

        text.Paragraph(Answer);
        text.Link("All action items", Page);
    }
}
