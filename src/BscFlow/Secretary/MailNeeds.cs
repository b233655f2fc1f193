using BscFlow.Mail;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>What came in by mail and only a person can deal with.</summary>
internal static class MailNeeds
{
    public static IEnumerable<Need> Of(DeskState state)
    {
        foreach (var voters in state.Mails.Where(IsToVoter).GroupBy(mail => ReturnedCalls.MotionOf(mail)!))
        {
            var title = state.Motions.FirstOrDefault(motion => motion.Id == voters.Key)?.Title ?? voters.Key;
            var readers = voters.Select(mail => MailKey.Read(mail.About)!.Reader).Distinct().Count();
            yield return new Need(
                Urgency.Soon,
                $"{Count(readers, "voter")} cannot be reached: {title}",
                $"The last: {voters.MaxBy(mail => mail.Received)!.Reason.TrimEnd('.')}. Each waits among the mails until you are done with it.",
                new("Correct the addresses", $"/motions/{voters.Key}/calls"));
        }

        var mails = state.Mails.Where(mail => !IsToVoter(mail)).ToList();
        foreach (var mail in mails.Take(mails.Count > MostOfAKind ? MostOfAKind - 1 : MostOfAKind))
        {
            var detail = $"“{mail.Subject}”, received {When(state.Charter, mail.Received)}. {Capital(mail.Reason)}.";
            var member = state.Charter.Members.FirstOrDefault(member => member.Id == mail.Member);
            var from = member?.Name ?? (mail.From.Length > 0 ? mail.From : "somebody who is not named");
            var read = new NeedButton("Read it", $"/mail#m-{mail.Id}");
            yield return mail.Kind switch
            {
                MailKind.Objection => new Need(Urgency.Now, $"Objection to minutes from {from}", detail, read),
                MailKind.Bounce when member is not null => new Need(
                    Urgency.Soon,
                    $"A mail to {member.Name} came back",
                    detail,
                    new("Correct the address", $"/members/{member.Id}")),
                MailKind.Bounce => new Need(Urgency.Soon, "A mail came back", detail, read),
                MailKind.Unclear => new Need(Urgency.Soon, $"Unclear mail from {from}", detail, read),
                _ => new Need(Urgency.Soon, $"Mail from {from}", detail, read),
            };
        }

        if (mails.Count > MostOfAKind)
        {
            yield return new Need(
                Urgency.Soon,
                $"{mails.Count - MostOfAKind + 1} more mails wait",
                "The newest stand above.",
                new("Read them", "/mail"));
        }
    }

    /// <summary>A mail about a motion that came back from a voter who is no member: of all of them one thing is to do.</summary>
    private static bool IsToVoter(CollectedMail mail) => ReturnedCalls.MotionOf(mail) is not null;
}
