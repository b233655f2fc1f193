using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Receiving;

/// <summary>What a mail that carries a token does to a motion. A ballot counts only when everything about it is right.</summary>
/// <remarks>
/// Asked in this order: did a person write it, is its token one and the voter's, is its sender proved, did it come in time, is
/// its sender the voter, and does it say one thing about the text that is voted on? The first "no" is the answer, so that nothing
/// is told to somebody who is not the voter.
/// </remarks>
public abstract record Casting
{
    private Casting()
    {
    }

    /// <summary>It counts, in place of any earlier ballot of the voter.</summary>
    public sealed record Accepted(Ballot Ballot) : Casting;

    /// <summary>It is the voter's own and cannot be counted: answered once with the words that can.</summary>
    /// <param name="Why">
    /// In words, for the voter alone where the motion is secret: they quote what the voter wrote, and what was understood of it.
    /// </param>
    public sealed record Unclear(string Why) : Casting;

    /// <summary>
    /// It is the voter's token from an address that is not theirs: asked back at the registered one before it counts.
    /// </summary>
    /// <param name="From">The authenticated address that it came from.</param>
    public sealed record ConfirmFirst(string From) : Casting;

    /// <summary>With the voter's token, received after the deadline or after the motion was closed.</summary>
    public sealed record TooLate(DateTimeOffset Received) : Casting;

    /// <summary>Not counted and not answered.</summary>
    /// <param name="Reason">In words, for the row that the secretary sees.</param>
    public sealed record Refused(string Reason) : Casting;

    /// <summary>Judges a mail as the ballot of one voter on one motion.</summary>
    /// <param name="voter">The member to whose token the mail was matched.</param>
    /// <param name="charter">Says whose addresses are whose, and who may vote for whom.</param>
    /// <param name="secret">The secret of <see cref="BallotToken"/>.</param>
    public static Casting Of(IncomingMail mail, Motion motion, Member voter, Charter charter, ReadOnlySpan<byte> secret)
    {
        if (mail.Automatic is { } automatic)
        {
            return new Refused($"no person wrote it: {automatic.Reason}");
        }

        var tokens = BallotToken.Find(mail.Recipients, mail.Subject);
        if (tokens is not [var token])
        {
            return new Refused(tokens.Count == 0 ? "it carries no token" : "it carries the tokens of more than one ballot");
        }

        if (!token.Matches(BallotToken.For(secret, motion.Committee, motion.Id, voter.Id)))
        {
            return new Refused("its token is not that of this voter and motion");
        }

        if (!motion.Electorate.Asks(voter.Id))
        {
            return new Refused($"{voter.Name} is not asked");
        }

        return mail.Sender switch
        {
            SenderTrust.Doubtful doubtful => new Refused($"its sender is not proved: {doubtful.Reason}"),
            SenderTrust.Authenticated from when IsOf(voter, from.Address) => Read(mail, motion, voter, proxy: null),
            SenderTrust.Authenticated from when ProxyAt(from.Address, mail, voter, charter) is { } proxy =>
                Read(mail, motion, voter, proxy),
            SenderTrust.Delegated by when IsOf(voter, by.Address) && ProxyAt(by.Sender, mail, voter, charter) is { } proxy =>
                Read(mail, motion, voter, proxy),
            SenderTrust.Delegated by => new Refused($"{by.Sender} sent it for {by.Address} and is no proxy of {voter.Name}"),
            SenderTrust.Authenticated when IsOver(mail, motion) => new TooLate(mail.Received),
            SenderTrust.Authenticated from => new ConfirmFirst(from.Address),
            _ => new Refused("its sender is not proved"),
        };
    }

    /// <summary>
    /// Judges a ballot that came by the page, or that the secretary heard: its voter is known, its vote is one.
    /// </summary>
    public static Casting Of(Ballot ballot, Motion motion) =>
        !motion.Electorate.Asks(ballot.Voter) ? new Refused($"{motion.Electorate.NameOf(ballot.Voter)} is not asked")
        : !motion.IsOpen || !ballot.IsInTime(motion.Deadline) ? new TooLate(ballot.Received)
        : !Enum.IsDefined(ballot.Vote) ? new Unclear("it is neither for nor against, and no abstention")
        : TooEarly(ballot.Received, motion) is { } early ? early
        : motion.Rule.Consensus && ballot is { Vote: Vote.Against, Comment: null } ? new Unclear("an objection needs its reason")
        : motion.Options is { } options
            && (ballot.Marks is null || MarkText.Read(ballot.Marks) is not { } marks || !options.Takes(marks))
            ? new Unclear("it says nothing of the options that can be counted")
        : motion.Secret && ballot.Assessments is not null ? new Unclear(AssessedInSecret)
        : new Accepted(ballot);

    private const string AssessedInSecret =
        "the vote is secret and takes no assessments, for how somebody writes shows who they are; give the scores alone";

    private static Casting Read(IncomingMail mail, Motion motion, Member voter, string? proxy)
    {
        if (IsOver(mail, motion))
        {
            return new TooLate(mail.Received);
        }

        if (TooEarly(mail.Received, motion) is { } early)
        {
            return early;
        }

        if (motion.Options is { } options)
        {
            return OptionBallot.Read(mail.Reply.Written, options.Kind, options.Names, options.MostScore) switch
            {
                OptionBallot.Choice choice when !options.Takes(choice.Marks) =>
                    new Unclear("it says nothing of the options that can be counted"),
                OptionBallot.Choice choice when motion.Secret && choice.Assessments.Any(text => !string.IsNullOrEmpty(text)) =>
                    new Unclear(AssessedInSecret),
                OptionBallot.Choice choice => new Accepted(BallotOf(Vote.For, choice.Comment) with
                {
                    Marks = MarkText.Write([.. choice.Marks]),
                    Assessments = AssessmentText.Write(choice.Assessments),
                }),
                OptionBallot.Unclear unclear => new Unclear(
                    unclear.Understood is { } understood ? $"{unclear.Why}; understood was: {understood}" : unclear.Why),
                _ => new Unclear("it says nothing that can be counted"),
            };
        }

        var said = motion.Rule.Consensus ? BallotText.ReadConsensus(mail.Reply) : BallotText.Read(mail.Reply);
        return said switch
        {
            BallotText.Choice choice => new Accepted(BallotOf(choice.Vote, choice.Comment)),
            BallotText.Objection objection => new Accepted(BallotOf(Vote.Against, objection.Reason)),
            BallotText.Unclear unclear => new Unclear(unclear.Why),
            _ => new Unclear("it says nothing that can be counted"),
        };

        Ballot BallotOf(Vote vote, string? comment) => new()
        {
            Voter = voter.Id,
            Vote = vote,
            Comment = comment,
            Received = mail.Received,
            Source = BallotSource.Mail,
            Evidence = mail.MessageId,
            Proxy = proxy,
        };
    }

    private static bool IsOver(IncomingMail mail, Motion motion) => !motion.IsOpen || mail.Received > motion.Deadline;

    private static Unclear? TooEarly(DateTimeOffset received, Motion motion) =>
        received < motion.Opened ? new Unclear("it is older than the motion")
        : received < motion.CorrectedAt ? new Unclear("it came before the text was corrected; read it again and vote anew")
        : null;

    private static bool IsOf(Member member, string address) =>
        member.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The member whose address it is, if the charter lets them vote for the voter on the day the mail was received.
    /// </summary>
    private static string? ProxyAt(string address, IncomingMail mail, Member voter, Charter charter)
    {
        var day = charter.DayOf(mail.Received);
        var sender = charter.Members.FirstOrDefault(member => IsOf(member, address));
        return sender is not null
            && charter.Proxies.Any(proxy => proxy.Member == voter.Id && proxy.By == sender.Id && proxy.Includes(day))
                ? sender.Id
                : null;
    }
}
