using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes.Mails;

namespace BscFlow.Secretary;

/// <summary>
/// Mails about a motion that came back from voters who are no members. Of an electorate from a table they may be many, and of all
/// of them one thing is to do: to correct the addresses.
/// </summary>
public sealed class ReturnedCalls(MailStore store, SettleMail settle)
{
    /// <summary>Id of the motion that a mail which came back was about; null for any other mail.</summary>
    public static string? MotionOf(CollectedMail mail) =>
        mail is { Kind: MailKind.Bounce, Member: null, About: { } key } && MotionMail.IsToVoters(key)
            ? MailKey.Read(key)?.Subject
            : null;

    /// <summary>A person is done with all that came back and waits. Done again after a crash, it does the rest.</summary>
    public async Task SettleAsync(Charter charter, string motion, string who, CancellationToken cancellationToken)
    {
        var returned = await store.ListOpenAsync(charter.Id, after: null, cancellationToken)
            .Where(mail => MotionOf(mail) == motion)
            .Select(mail => mail.Id)
            .ToListAsync(cancellationToken);
        foreach (var mail in returned)
        {
            await settle.RunAsync(charter, mail, "with all that came back from this vote", who, cancellationToken);
        }
    }
}
