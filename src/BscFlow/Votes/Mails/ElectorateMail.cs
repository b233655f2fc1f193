using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Votes.Mails.Messages;

namespace BscFlow.Votes.Mails;

/// <summary>
/// Mails to a whole electorate, however large. How far they are queued is noted with the motion after each part, so that a step
/// that was cut off goes on there.
/// </summary>
public sealed class ElectorateMail(MotionMail mail, MotionStore motions)
{
    /// <summary>To voters who are members of the charter or were imported, and may answer with a vote.</summary>
    /// <param name="kind">As in <see cref="MotionMail.ToVotersAsync"/>.</param>
    /// <param name="who">Which of those who are asked.</param>
    /// <returns>The motion as it is stored; null when somebody else changed it meanwhile, and the step is due again.</returns>
    public Task<Motion?> ToVotersAsync(
        Charter charter,
        Motion motion,
        string kind,
        Func<Elector, bool> who,
        Func<Addressee, Uri, BallotMessage> write,
        CancellationToken cancellationToken)
    {
        var members = charter.Members.ToDictionary(member => member.Id, StringComparer.Ordinal);
        return InPartsAsync(
            motion,
            kind,
            motion.Electorate.Asked,
            some => mail.ToVotersAsync(
                charter,
                motion,
                kind,
                some.Where(who).Select(elector => members.GetValueOrDefault(elector.Id) ?? elector.Imported).OfType<Member>(),
                write,
                cancellationToken),
            cancellationToken);
    }

    /// <summary>
    /// To those who were asked, whom it is about, those who are in office by now, the secretaries and the list: they have nothing
    /// to answer.
    /// </summary>
    /// <remarks>A member who is asked among imported voters is told once, as the voter whose call is in their mailbox.</remarks>
    /// <inheritdoc cref="ToVotersAsync"/>
    public async Task<Motion?> ToAllAsync(
        Charter charter,
        Motion motion,
        string kind,
        DateOnly today,
        Func<Addressee, Message> write,
        CancellationToken cancellationToken)
    {
        var electorate = motion.Electorate.Members;
        var known = charter.Members.SelectMany(member => member.Addresses)
            .Concat(charter.Secretaries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var imported = electorate.Select(elector => elector.Address)
            .OfType<string>()
            .Where(known.Contains)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var members = charter.Members
            .Where(member => (electorate.Contains(member.Id) || member.InOffice(today))
                && !member.Addresses.Any(imported.Contains))
            .ToList();
        List<Addressee> readers = [.. members.Select(Addressee.Of)];
        var told = members.SelectMany(member => member.Addresses).ToHashSet(StringComparer.OrdinalIgnoreCase);
        readers.AddRange(charter.Secretaries
            .Where(secretary => !imported.Contains(secretary) && !told.Contains(secretary))
            .Select(secretary => Addressee.OfSecretary(charter, secretary)));
        await mail.ToAllAsync(charter, motion, kind, [.. readers, .. Addressee.OfList(charter)], write, cancellationToken);
        return await InPartsAsync(
            motion,
            kind,
            motion.Electorate.Members,
            some => mail.ToAllAsync(
                charter,
                motion,
                kind,
                some.Select(elector => elector.Imported).OfType<Member>().Select(Addressee.Of),
                write,
                cancellationToken),
            cancellationToken);
    }

    private async Task<Motion?> InPartsAsync(
        Motion motion,
        string kind,
        IEnumerable<Elector> electors,
        Func<Elector[], Task> queue,
        CancellationToken cancellationToken)
    {
        Motion? stored = motion;
        foreach (var some in ElectorateParts.After(electors, LastOf(motion, kind)))
        {
            await queue(some);
            stored = some.Length < ElectorateParts.Voters
                ? stored
                : await motions.NoteAsync(
                    stored, current => current with { MailedTo = $"{kind}|{some[^1].Id}" }, cancellationToken);
            if (stored is null)
            {
                break;
            }
        }

        return stored;
    }

    /// <returns>Id of the last voter whose mail of this kind is queued, with all before; null: it has not come so far.</returns>
    private static string? LastOf(Motion motion, string kind) =>
        motion.MailedTo is { } mailed && mailed.StartsWith($"{kind}|", StringComparison.Ordinal)
            ? mailed[(kind.Length + 1)..]
            : null;
}
