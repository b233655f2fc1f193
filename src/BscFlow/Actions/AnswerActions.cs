using BscFlow.Committee;
using BscFlow.Mail;

namespace BscFlow.Actions;

/// <summary>What became of an owner's answer to the list of their action items.</summary>
/// <param name="Understood">What is on record now.</param>
/// <param name="NeedsPerson">It says something that only a person can deal with, or nothing that was understood.</param>
public sealed record ActionAnswers(IReadOnlyList<ActionAnswer> Understood, bool NeedsPerson);

/// <summary>Takes what an owner answers to the list of their action items into the register; taken again, it changes nothing.</summary>
public sealed class AnswerActions(ActionStore actions)
{
    /// <summary>How long "later" is when it names no day.</summary>
    private const int DaysLater = 28;

    /// <param name="owner">As the register names them: a member's id, or a guest's name.</param>
    /// <param name="mail">Id of the mail.</param>
    /// <param name="day">On which it was received, in the committee's zone.</param>
    public async Task<ActionAnswers> RunAsync(
        Charter charter, string owner, Reply reply, string mail, DateOnly day, CancellationToken cancellationToken)
    {
        while (true)
        {
            var known = await actions.AllAsync(charter.Id, cancellationToken);
            var asked = known.Where(item => IsOf(item, owner) && IsAsked(item, mail)).ToDictionary(item => item.Id);
            var answers = ActionReply.Read(reply, [.. asked.Values]);
            var settled = answers.Where(answer => Settles(answer, asked[answer.Item])).ToList();
            var changed =
                from answer in settled
                let item = asked[answer.Item]
                where !item.Mentions.Any(mention => mention.Mail == mail)
                select ActionRegister.Answered(item, Mention(item, answer, mail, day));
            if (await actions.TryApplyAsync(charter.Id, new ActionChanges([.. changed], []), cancellationToken))
            {
                return new(answers, answers.Count == 0 || settled.Count < answers.Count);
            }
        }
    }

    /// <summary>One of many cannot close what each has to do, and whose item it is instead only a person can find out.</summary>
    private static bool Settles(ActionAnswer answer, ActionItem item) =>
        answer.Standing is not ActionStanding.NotMine && !item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);

    /// <summary>Open, or closed by this very mail when it is taken again.</summary>
    private static bool IsAsked(ActionItem item, string mail) =>
        item.State is ActionState.Open || item.Mentions.Any(mention => mention.Mail == mail);

    private static bool IsOf(ActionItem item, string owner) =>
        item.Owners.Contains(owner, StringComparer.Ordinal) || item.Owners.Contains(ActionItem.Everyone, StringComparer.Ordinal);

    private static ActionMention Mention(ActionItem item, ActionAnswer answer, string mail, DateOnly day) => new()
    {
        Meeting = null,
        Date = day,
        Line = int.MaxValue,
        Owners = item.Owners,
        Text = item.Text,
        Mail = mail,
        Done = answer.Standing is ActionStanding.Done,
        Carried = answer.Standing is ActionStanding.Later,
        Due = answer.Standing is ActionStanding.Later
            ? DueDate.Find(answer.Words, day, nextMeeting: null) ?? new DueDate(day.AddDays(DaysLater), $"later ({mail})")
            : null,
    };
}
