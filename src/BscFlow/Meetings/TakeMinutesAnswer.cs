using BscFlow.Mail;
using BscFlow.Meetings.Messages;

namespace BscFlow.Meetings;

/// <summary>Takes what is answered to minutes that were sent round.</summary>
public sealed class TakeMinutesAnswer(Objections objections, AnswerParticipant answer)
{
    /// <inheritdoc cref="MailDeed"/>
    /// <remarks>
    /// All that is not plain agreement objects: whoever attaches a correction, or writes it between the lines of the quote, has
    /// perhaps written nothing that is read.
    /// </remarks>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route is not { Key: { Kind: MailKey.Circulation or MailKey.Published, Start: { } start, Subject: var meeting } }
            || route.WriterOf(mail) is not { } sender)
        {
            return null;
        }

        row = row with { About = meeting };
        if (AgreeingWords.Are(mail.Reply.Written, sender.Name))
        {
            return row with { Kind = MailKind.Assent, Reason = $"{sender.Name} agrees with the minutes" };
        }

        row = row with
        {
            Kind = MailKind.Objection,
            NeedsPerson = true,
            Reason = $"{sender.Name} answers the minutes that were sent round",
        };
        var objection = new Objection(meeting, start, sender.Name, row.Id, row.Text ?? "");
        var outcome = await objections.RaiseAsync(route.Charter, objection, cancellationToken);
        if (outcome is ObjectionOutcome.NoMinutes)
        {
            return row with { Kind = MailKind.Unclear, Reason = $"{row.Reason}; these minutes are not open to objections" };
        }

        var holds = outcome is ObjectionOutcome.Holds;
        var stage = holds ? ObjectionStage.Holds : ObjectionStage.TooLate;
        await answer.OfObjectionAsync(route.Charter, row, meeting, stage, how: "", cancellationToken);
        return row with
        {
            Acted = true,
            Reason = row.Reason + (holds ? "; they are not published until it is settled" : ", after they were published"),
        };
    }
}
