using BscFlow.Actions.Messages;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>Takes what an owner answers to the list of their action items.</summary>
public sealed class TakeActionAnswers(AnswerActions answerActions, TellSender tellSender, SiteLinks links)
{
    /// <inheritdoc cref="MailDeed"/>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route is not { Key: { Kind: MailKey.Digest or MailKey.ActionReceipt, Reader: var owner } }
            || route.WriterOf(mail) is not { } sender)
        {
            return null;
        }

        if (!owner.Equals(sender.Key, StringComparison.OrdinalIgnoreCase))
        {
            return MailSorting.Unclear(row, $"{sender.Name} answers the action items of {owner}");
        }

        var answers = await answerActions.RunAsync(
            route.Charter,
            sender.Member?.Id ?? sender.Name,
            mail.Reply,
            row.From,
            route.Charter.DayOf(mail.Received),
            cancellationToken);
        await TellAsync(route.Charter, row, route.Answered!, answers, cancellationToken);
        List<string> understood =
        [
            .. answers.Taken.Select(answer => $"{answer.Item.Id} {InWords(answer.Standing)}"),
            .. answers.Unknown.Select(id => $"{id} is no open item of theirs"),
        ];
        var reason = $"{sender.Name} answers the list of action items";
        return row with
        {
            Kind = understood.Count == 0 ? MailKind.Unclear : MailKind.ActionUpdate,
            Acted = answers.Taken.Count > 0,
            NeedsPerson = answers.NeedsPerson,
            Reason = understood.Count == 0
                ? $"{reason}, and says of none of them how it stands"
                : $"{reason}: {string.Join("; ", understood)}",
        };
    }

    /// <param name="answered">Key of the mail of ours that it answers.</param>
    private async Task TellAsync(
        Charter charter, CollectedMail mail, string answered, ActionAnswers answers, CancellationToken cancellationToken)
    {
        var isDigest = MailKey.Read(answered) is { Kind: MailKey.Digest };
        var isUnderstood = answers.Taken.Count > 0 || answers.Unknown.Count > 0;
        if (!isDigest && !answers.Taken.Any(answer => answer.Changed))
        {
            return;
        }

        await tellSender.RunAsync(
            charter,
            mail,
            MailKey.ActionReceipt,
            isUnderstood ? mail.Id : Keys.ShortHash(answered),
            answered,
            reader => new ActionsTakenMail
            {
                Reader = reader,
                Committee = charter.Name,
                MailSubject = mail.Subject,
                Answers = answers,
                Page = links.Actions(charter),
            },
            cancellationToken);
    }

    private static string InWords(ActionStanding standing) => standing switch
    {
        ActionStanding.Done => "is done",
        ActionStanding.Later => "comes later",
        _ => "is somebody else's",
    };
}
