using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Actions;

/// <summary>What became of an owner's word on one item.</summary>
/// <param name="Item">As it was before.</param>
/// <param name="Due">The day that was named; null where none was.</param>
/// <param name="Settled">False where only a person can deal with it.</param>
/// <param name="Changed">Whether anything about the item is different now.</param>
public sealed record TakenAnswer(ActionItem Item, ActionStanding Standing, DateOnly? Due, bool Settled, bool Changed);

/// <summary>What became of an owner's answer to the list of their action items.</summary>
/// <param name="Unknown">As in <see cref="ReadReply"/>.</param>
public sealed record ActionAnswers(IReadOnlyList<TakenAnswer> Taken, IReadOnlyList<string> Unknown)
{
    /// <summary>It says something that only a person can deal with, or nothing that was understood.</summary>
    public bool NeedsPerson => (Taken.Count == 0 && Unknown.Count == 0) || Taken.Any(answer => !answer.Settled);
}

/// <summary>
/// Takes what an owner answers to the list of their action items into the register; taken again, it changes nothing.
/// </summary>
public sealed class AnswerActions(ActionStore actions, ChangeAction changeAction)
{
    /// <param name="owner">As the register names them: a member's id, or a guest's name.</param>
    /// <param name="who">For the audit.</param>
    /// <param name="day">On which it was received, in the committee's zone.</param>
    public async Task<ActionAnswers> RunAsync(
        Charter charter, string owner, Reply reply, string who, DateOnly day, CancellationToken cancellationToken)
    {
        // A day of the committee's zone has begun at most a day before it does in UTC.
        var since = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).AddDays(-1);
        var asked = (await actions.OpenOrEditedAsync(charter.Id, since, cancellationToken))
            .Where(item => IsOf(item, owner) && IsAsked(item, who, day))
            .ToDictionary(item => item.Id, StringComparer.Ordinal);
        var read = ActionReply.Read(reply, [.. asked.Values]);
        List<TakenAnswer> taken = [];
        foreach (var answer in read.Answers)
        {
            var item = asked[answer.Item];
            var due = answer.Standing is ActionStanding.Later ? DueDate.Find(answer.Words, day, nextMeeting: null)?.Day : null;
            var settled = Settles(answer, item);
            var wish = answer.Standing is ActionStanding.Done ? new ActionWish(ActionState.Done) : new ActionWish(Due: due);
            if (settled && wish is not { State: null, Due: null })
            {
                await changeAction.RunAsync(charter, item.Id, wish, who, cancellationToken);
            }

            var changed = settled && ((wish.State is { } state && state != item.State) || (due is not null && due != item.Due));
            taken.Add(new(item, answer.Standing, due, settled, changed));
        }

        return new(taken, read.Unknown);
    }

    /// <summary>One of many cannot close what each has to do, and whose item it is instead only a person can find out.</summary>
    private static bool Settles(ActionAnswer answer, ActionItem item) =>
        answer.Standing is not ActionStanding.NotMine && !item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);

    /// <summary>Open, or closed by the same person that day: by this very mail, when it is taken again.</summary>
    private static bool IsAsked(ActionItem item, string who, DateOnly day) =>
        item.State is ActionState.Open || item.Edits.Any(edit => edit.Who == who && edit.Day >= day);

    private static bool IsOf(ActionItem item, string owner) =>
        item.Owners.Contains(owner, StringComparer.Ordinal) || item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);
}
