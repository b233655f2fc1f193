using BscFlow.Mail;

namespace BscFlow.Votes.Opening;

/// <summary>Takes what is answered to the question whether to open a motion that minutes ask for.</summary>
public sealed class TakeOpening(OpenProposedMotion openProposed)
{
    /// <inheritdoc cref="MailDeed"/>
    /// <remarks>Only whoever was asked opens it: the chair, or a secretary where nobody was in the chair.</remarks>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken)
    {
        if (route is not { Key: { Kind: MailKey.Proposal } proposal } || route.WriterOf(mail) is not { } sender)
        {
            return null;
        }

        if (!proposal.Reader.Equals(sender.Key, StringComparison.OrdinalIgnoreCase))
        {
            return MailSorting.Unclear(row, $"{sender.Name} answers a question that {proposal.Reader} was asked");
        }

        if (proposal.Subject.Split('|') is not [var meeting, var motion])
        {
            return MailSorting.Unclear(row, $"{sender.Name} answers {proposal.InWords(route.Title)}");
        }

        var first = mail.Reply.Written.Split('\n', 2, StringSplitOptions.TrimEntries)[0];
        if (OpeningWords.LeaveClosed(first))
        {
            return row with { Kind = MailKind.MotionOpening, About = motion, Reason = $"{sender.Name} does not open it" };
        }

        if (!OpeningWords.Open(first))
        {
            return MailSorting.Unclear(row, $"{sender.Name} answers whether to open the vote, and it is not plain what");
        }

        row = row with { Kind = MailKind.MotionOpening, About = motion, Reason = $"{sender.Name} opens it" };
        return await openProposed.RunAsync(
            route.Charter, meeting, motion, rule: null, consensus: false, subject: null, row.From, cancellationToken) switch
        {
            MotionChange.Made => row with { Acted = true },
            MotionChange.Refused refused =>
                row with { NeedsPerson = true, Reason = $"{row.Reason}; it is not opened: {refused.Reason}" },
            _ => row with { NeedsPerson = true, Reason = $"{row.Reason}; the minutes do not ask for it any more" },
        };
    }
}
