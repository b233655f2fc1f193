using BscFlow.Mail.Messages;

namespace BscFlow.Actions.Messages;

/// <summary>To an owner who answered the list of their action items: how each stands now.</summary>
public sealed record ActionsTakenMail : MailAnswer
{
    public required ActionAnswers Answers { get; init; }

    internal override string Opening => Lines.Count > 0
        ? "This is what was understood of your answer:"
        : "Nothing was understood of your answer, and nothing was changed. The secretary has it.";

    internal override IReadOnlyList<string> Lines =>
    [
        .. Answers.Taken.Select(answer => $"{answer.Item.Id}, {answer.Item.Text}: {InWords(answer)}"),
        .. Answers.Unknown.Select(id => $"{id}: no open action item of yours has this number"),
    ];

    internal override string Then => Lines.Count > 0
        ? "If that is not what you meant, reply to this mail."
        : "Write a line for each item, with its number: \"0012-1 done\", \"0012-1 later, by 1 March\" or \"0012-1 not mine\".";

    internal override string PageLabel => "All action items";

    private static string InWords(TakenAnswer answer) => answer switch
    {
        { Standing: ActionStanding.NotMine } => "not yours; the secretary finds out whose it is",
        { Settled: false } => "it is everyone's, so that the secretary looks at it",
        { Standing: ActionStanding.Done } => "done",
        { Due: { } due } => $"still open, due {ActionWords.Date(due)}",
        { Item.Due: { } due } => $"still open, due {ActionWords.Date(due)} as before; to move it, name a day",
        _ => "still open, without a date",
    };
}
