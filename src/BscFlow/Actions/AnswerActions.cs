using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Actions;

/// <summary>What became of an owner's answer to the list of their action items.</summary>
/// <param name="Understood">What it says of which item.</param>
/// <param name="NeedsPerson">It says something that only a person can deal with, or nothing that was understood.</param>
public sealed record ActionAnswers(IReadOnlyList<ActionAnswer> Understood, bool NeedsPerson);

/// <summary>Takes what an owner answers to the list of their action items into the register; taken again, it changes nothing.</summary>
public sealed class AnswerActions(ActionStore actions, ChangeAction changeAction)
{
    /// <summary>How long "later" is when it names no day.</summary>
    private const int DaysLater = 28;

    /// <param name="owner">As the register names them: a member's id, or a guest's name.</param>
    /// <param name="who">For the audit.</param>
    /// <param name="day">On which it was received, in the committee's zone.</param>
    public async Task<ActionAnswers> RunAsync(
        Charter charter, string owner, Reply reply, string who, DateOnly day, CancellationToken cancellationToken)
    {
        var asked = (await actions.AllAsync(charter.Id, cancellationToken))
            .Where(item => IsOf(item, owner) && IsAsked(item, who, day))
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        var answers = ActionReply.Read(reply, [.. asked.Values]);
        var settled = answers.Where(answer => Settles(answer, asked[answer.Item])).ToList();
        foreach (var answer in settled)
        {
            await changeAction.RunAsync(charter, answer.Item, Wish(answer, day), who, cancellationToken);
        }

        return new(answers, answers.Count == 0 || settled.Count < answers.Count);
    }

    /// <summary>One of many cannot close what each has to do, and whose item it is instead only a person can find out.</summary>
    private static bool Settles(ActionAnswer answer, ActionItem item) =>
        answer.Standing is not ActionStanding.NotMine && !item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);

    /// <summary>Open, or closed by the same person that day: by this very mail, when it is taken again.</summary>
    private static bool IsAsked(ActionItem item, string who, DateOnly day) =>
        item.State is ActionState.Open || item.Edits.Any(edit => edit.Who == who && edit.Day >= day);

    private static bool IsOf(ActionItem item, string owner) =>
        item.Owners.Contains(owner, StringComparer.Ordinal) || item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);

    private static ActionWish Wish(ActionAnswer answer, DateOnly day) => answer.Standing is ActionStanding.Done
        ? new(ActionState.Done)
        : new(Due: DueDate.Find(answer.Words, day, nextMeeting: null)?.Day ?? day.AddDays(DaysLater));
}
