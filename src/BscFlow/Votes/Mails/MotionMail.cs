using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Storage;
using BscFlow.Votes.Mails.Messages;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Mails;

/// <summary>Writes the mails about a motion and queues them; the same mail is queued once.</summary>
public sealed class MotionMail(MailRenderer renderer, Outbox outbox, SiteLinks links, VotingKeys keys, TimeProvider clock)
{
    /// <summary>The first mail of a motion's thread.</summary>
    public const string Call = "vote";

    /// <summary>
    /// First part of the key of a call to one voter again; the minute and what stands for the address follow: pressed twice it is
    /// one call.
    /// </summary>
    public const string CallAgain = "again-";

    /// <summary>First part of the key of a reminder; the moment for which it is follows.</summary>
    public const string Reminder = "remind-";

    /// <summary>First part of the key of a mail that tells of another text; the motion's wording follows.</summary>
    public const string Corrected = "corrected-";

    /// <summary>First part of the key of a mail that tells of more time; the new deadline follows.</summary>
    public const string Extended = "extended-";

    /// <summary>First part of the key of a mail that tells how a motion ended; its state follows.</summary>
    public const string Result = "result-";

    /// <summary>First part of the key of a ballot that a voter asked for once more; the hour follows.</summary>
    public const string Ballot = "ballot-";

    private const int MailsAtOnce = 50;

    private static readonly string[] ToWholeElectorate =
        [$"{Call}|", $"{Nominations.NominationMail.Call}|", Reminder, Corrected, Extended, Result];

    private static readonly string[] AskingToVote = [$"{Call}|", CallAgain, Reminder, Ballot];

    /// <summary>
    /// Whether a mail with this key is one of those that leave for each voter by themselves, rather than as an answer.
    /// </summary>
    public static bool IsToWholeElectorate(string key) =>
        ToWholeElectorate.Any(start => key.StartsWith(start, StringComparison.Ordinal));

    /// <summary>To few, mails leave at once.</summary>
    private DateTimeOffset? BulkOf(Motion motion, string kind) =>
        motion.Electorate.Size <= MailPace.AMinute || !IsToWholeElectorate($"{kind}|") ? null
        : kind == Call ? motion.Opened
        : clock.GetUtcNow();

    /// <summary>Whether a mail with this key asks a voter to vote, and nothing else.</summary>
    public static bool AsksToVote(string key) =>
        AskingToVote.Any(start => key.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Whether who reads a mail with this key can vote with it.</summary>
    public static bool HoldsBallot(string key) =>
        AsksToVote(key)
        || key.StartsWith(Corrected, StringComparison.Ordinal)
        || key.StartsWith(Extended, StringComparison.Ordinal);

    public static bool IsReminder(string key) => key.StartsWith(Reminder, StringComparison.Ordinal);

    /// <summary>Whether a mail with this key asks a voter to vote, or tells them of the motion, by itself.</summary>
    public static bool IsToVoters(string key) => IsToWholeElectorate(key) || key.StartsWith(CallAgain, StringComparison.Ordinal);

    public MotionFacts FactsOf(Charter charter, Motion motion) =>
        MotionFacts.Of(charter, motion, links.Motion(charter, motion.Id));

    /// <summary>To voters, who may answer with a vote: the token stands in the subject and in the Reply-To.</summary>
    /// <param name="kind">First part of the key, with all that sets this mail apart from others to the same voter.</param>
    /// <param name="write">What each of them is told, given the address of their page.</param>
    /// <returns>The keys of the mails that were not queued before.</returns>
    public async Task<IReadOnlyList<string>> ToVotersAsync(
        Charter charter,
        Motion motion,
        string kind,
        IEnumerable<Member> voters,
        Func<Addressee, Uri, BallotMessage> write,
        CancellationToken cancellationToken)
    {
        List<string> queued = [];
        foreach (var some in voters.Chunk(MailsAtOnce))
        {
            List<OutgoingMail> mails = [];
            foreach (var voter in some)
            {
                var token = keys.BallotToken(charter.Id, motion.Id, voter.Id);
                var page = links.Ballot(charter, keys.PageToken(charter.Id, motion.Id, voter.Id).Reveal());
                var addressee = Addressee.Of(voter);
                var message = write(addressee, page) with { Recused = motion.Options?.RecusedOf(voter.Id) ?? [] };
                var mail = await QueueableAsync(charter, motion, kind, addressee, message);
                mails.Add(mail with { Subject = token.Subject(mail.Subject), ReplyTo = token.ReplyTo(charter.Mailbox) });
            }

            queued.AddRange(await outbox.QueueAsync(charter.Id, mails, cancellationToken));
        }

        return queued;
    }

    /// <summary>To people who have nothing to answer.</summary>
    public async Task ToAllAsync(
        Charter charter,
        Motion motion,
        string kind,
        IEnumerable<Addressee> addressees,
        Func<Addressee, Message> write,
        CancellationToken cancellationToken)
    {
        foreach (var some in addressees.Chunk(MailsAtOnce))
        {
            List<OutgoingMail> mails = [];
            foreach (var addressee in some)
            {
                mails.Add(await QueueableAsync(charter, motion, kind, addressee, write(addressee)));
            }

            await outbox.QueueAsync(charter.Id, mails, cancellationToken);
        }
    }

    /// <summary>Tells the secretaries of something that a person has to look into.</summary>
    /// <param name="kind">With what sets this mail of the motion apart from others.</param>
    public Task ToSecretariesAsync(
        Charter charter, Motion motion, string kind, string what, CancellationToken cancellationToken) => ToAllAsync(
            charter,
            motion,
            kind,
            charter.Secretaries.Select(secretary => Addressee.OfSecretary(charter, secretary)),
            secretary => new NeedsPersonMail
            {
                Reader = secretary.Reader,
                Committee = charter.Name,
                Motion = motion.Title,
                What = what,
                Desk = links.Desk(charter),
            },
            cancellationToken);

    private async Task<OutgoingMail> QueueableAsync(
        Charter charter, Motion motion, string kind, Addressee addressee, Message message)
    {
        var mail = await renderer.RenderAsync(message with
        {
            MyPage = links.MyPage(charter, addressee.Member, clock.GetUtcNow()),
        });
        return mail.To(Keys.MotionMail(kind, motion.Id, addressee.Key), addressee.Recipient, addressee.PlainText) with
        {
            NotAfter = message is CallForVotesMail or VoteReminderMail or BallotAgainMail ? motion.Deadline : null,
            Bulk = BulkOf(motion, kind),
            CopyErasedWith = motion.Secret && message is BallotReceiptMail or UnclearBallotMail ? motion.Id : null,
            InThreadOf = message is MotionMessage and not CallForVotesMail
                ? Keys.MotionMail(Call, motion.Id, addressee.Key)
                : null,
        };
    }
}
