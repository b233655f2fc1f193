using BscFlow.Mail;

namespace BscFlow.Meetings;

/// <summary>Takes what is answered to minutes that were sent round.</summary>
public sealed class TakeMinutesAnswer(Objections objections)
{
    /// <inheritdoc cref="MailDeed"/>
    /// <remarks>
    /// All that is not plain agreement objects: whoever attaches a correction, or writes it between the lines of the quote, has
    /// perhaps written nothing that is read.
    /// </remarks>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route is not { Key: { Kind: MailKey.Circulation, Start: { } start, Subject: var meeting } }
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
        return await objections.RaiseAsync(route.Charter, objection, cancellationToken) switch
        {
            ObjectionOutcome.Holds =>
                row with { Acted = true, Reason = $"{row.Reason}; they are not published until it is settled" },
            ObjectionOutcome.TooLate => row with { Acted = true, Reason = $"{row.Reason}, after they were published" },
            _ => row with { Kind = MailKind.Unclear, Reason = $"{row.Reason}; these minutes are not open to objections" },
        };
    }
}
