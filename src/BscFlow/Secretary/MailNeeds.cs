using BscFlow.Mail;
using static BscFlow.Secretary.NeedWords;

namespace BscFlow.Secretary;

/// <summary>What came in by mail and only a person can deal with.</summary>
internal static class MailNeeds
{
    public static IEnumerable<Need> Of(DeskState state)
    {
        foreach (var mail in state.Mails.Take(state.Mails.Count > MostOfAKind ? MostOfAKind - 1 : MostOfAKind))
        {
            var from = mail.From.Length > 0 ? mail.From : "somebody who is not named";
            var detail = $"“{mail.Subject}”, received {When(state.Charter, mail.Received)}. {Capital(mail.Reason)}.";
            var member = state.Charter.Members.FirstOrDefault(member => member.Id == mail.Member);
            var read = new NeedButton("Read it", $"/mail#m-{mail.Id}");
            yield return mail.Kind switch
            {
                MailKind.Objection => new Need(Urgency.Now, $"Objection to minutes from {from}", detail, read),
                MailKind.Bounce when member is not null => new Need(
                    Urgency.Soon, $"A mail to {member.Name} came back", detail, new("Correct the address", $"/members/{member.Id}")),
                MailKind.Bounce => new Need(Urgency.Soon, "A mail came back", detail, read),
                MailKind.Unclear => new Need(Urgency.Soon, $"Unclear mail from {from}", detail, read),
                _ => new Need(Urgency.Soon, $"Mail from {from}", detail, read),
            };
        }

        if (state.Mails.Count > MostOfAKind)
        {
            yield return new Need(
                Urgency.Soon, $"{state.Mails.Count - MostOfAKind + 1} more mails wait", "The newest stand above.", new("Read them", "/mail"));
        }
    }
}
