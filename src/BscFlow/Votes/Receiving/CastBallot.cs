using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Telemetry;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Options;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Receiving;

/// <summary>What a mail that carries a token of this deployment was taken for.</summary>
/// <param name="Voter">Id.</param>
/// <param name="Name">Of the voter.</param>
/// <param name="Secret">Whether its motion is secret: the raw mail is then not kept.</param>
public sealed record MailedBallot(string Committee, string Motion, string Voter, string Name, bool Secret, Casting Casting)
{
    /// <summary>What the ballot that is counted says; null of a secret one, and where none is.</summary>
    public string? Said { get; init; }
}

/// <summary>Takes a ballot: from a mail, from the page behind the link, or from the secretary who heard it.</summary>
/// <remarks>
/// The same ballot brought again, after a crash or because a message was seen twice, changes nothing and mails nothing twice.
/// </remarks>
public sealed class CastBallot(
    TokenStore tokens,
    CharterStore charters,
    MotionStore motions,
    BallotStore ballots,
    VoterNotes notes,
    VotingKeys keys,
    MotionSecrets secrets,
    AnswerVoter answer,
    MotionEvents events,
    TimeProvider clock)
{
    /// <summary>How often a ballot knocks at a box that is shut. A count of a small committee takes less.</summary>
    private const int Knocks = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <summary>Takes what a mail says. Null when it carries no token that is known here.</summary>
    /// <exception cref="BoxShutException">Nothing was recorded; bring the mail again in a moment.</exception>
    public async Task<MailedBallot?> FromMailAsync(IncomingMail mail, CancellationToken cancellationToken)
    {
        if (await tokens.HolderAsync(mail, cancellationToken) is not { IsVoter: true } holder
            || await FindAsync(holder, cancellationToken) is not var (charter, motion))
        {
            return null;
        }

        if (motion.Electorate.Voter(charter, holder.Voter) is not { } voter)
        {
            return Taken(new Casting.Refused($"{motion.Electorate.NameOf(holder.Voter)} stands in the charter no more"));
        }

        (var casting, motion) = await KnockAsync(
            motion,
            current => Casting.Of(mail, current, voter, charter, keys.Ballots),
            (current, recorded) => ReceiveAsync(new Receipt(charter, current, voter, recorded), ByMail(mail), cancellationToken),
            cancellationToken);
        if (casting is not (Casting.Accepted or Casting.Refused))
        {
            await answer.ToMailAsync(charter, motion, voter, mail, casting, cancellationToken);
        }

        return Taken(casting);

        MailedBallot Taken(Casting casting) => new(
            holder.Committee, holder.Motion, holder.Voter, motion.Electorate.NameOf(holder.Voter), motion.Secret, casting)
        {
            Said = !motion.Secret && casting is Casting.Accepted { Ballot: var ballot } ? OptionWords.Said(motion, ballot) : null,
        };
    }

    /// <summary>
    /// What the page behind a link shows, and notes that it was opened. Null for a link that was never made here.
    /// </summary>
    public async Task<BallotPage?> ShowPageAsync(PageToken token, CancellationToken cancellationToken)
    {
        var page = await OpenPageAsync(token, cancellationToken);
        if (page is not { Motion: { IsOpen: true } motion })
        {
            return page;
        }

        await notes.MarkOpenedAsync(motion, page.Voter.Id, cancellationToken);
        return motion is { Secret: true, Electorate.IsListed: true }
            ? page with { Voted = await ballots.VotersAsync(motion, cancellationToken) }
            : page;
    }

    /// <summary>What the page behind a link shows. Null for a link that was never made here.</summary>
    public async Task<BallotPage?> OpenPageAsync(PageToken token, CancellationToken cancellationToken) =>
        await tokens.FindAsync(token, cancellationToken) is { } holder
        && await FindAsync(holder, cancellationToken) is var (charter, motion)
        && motion.Electorate.Voter(charter, holder.Voter) is { } voter
            ? new BallotPage(charter, motion, voter, await ballots.FindAsync(motion, voter.Id, cancellationToken))
            : null;

    /// <summary>Takes what the button on the page sends. Null for a link that was never made here.</summary>
    /// <param name="press">Differs from press to press; a form that is sent twice is one ballot.</param>
    /// <exception cref="BoxShutException">Nothing was recorded; press again in a moment.</exception>
    public async Task<Casting?> FromPageAsync(
        PageToken token, PageBallot said, string press, CancellationToken cancellationToken)
    {
        if (await OpenPageAsync(token, cancellationToken) is not { } page)
        {
            return null;
        }

        var (charter, motion, voter, present) = page;
        var ballot = new Ballot
        {
            Voter = voter.Id,
            Vote = said.Vote,
            Marks = said.Marks,
            Assessments = said.Assessments,
            Comment = said.Comment,
            Received = clock.GetUtcNow(),
            Source = BallotSource.Page,
            Evidence = $"page:{press}",
        };
        var proved = await ProvedAsync(motion, ballot.Tidy(), present, cancellationToken);
        var (casting, _) = await KnockAsync(
            motion,
            current => said.Wording is { } wording && wording != current.Wording && current.IsOpen
                ? new Casting.Unclear("the text was corrected after you opened this page; read it again")
                : Casting.Of(proved, current),
            (current, recorded) => ReceiveAsync(new Receipt(charter, current, voter, recorded), voter.Id, cancellationToken),
            cancellationToken);
        return casting;
    }

    /// <summary>Takes a ballot that the secretary heard in the room or on the phone, or reads out of a mail.</summary>
    /// <param name="heard">Received when it was heard; its evidence is where, and who else heard it, or the mail.</param>
    /// <param name="who">Who enters it.</param>
    /// <returns>Null when there is no such motion, or the voter is nobody in the charter.</returns>
    /// <exception cref="BoxShutException">Nothing was recorded; enter it again in a moment.</exception>
    public async Task<Casting?> EnterAsync(
        Charter charter, string id, Ballot heard, string who, CancellationToken cancellationToken)
    {
        if (await motions.FindAsync(charter.Id, id, cancellationToken) is not { } motion
            || motion.Electorate.Voter(charter, heard.Voter) is not { } voter)
        {
            return null;
        }

        if (heard.Received > clock.GetUtcNow())
        {
            return new Casting.Unclear("it is said to be heard in the future");
        }

        var stands = await ballots.FindAsync(motion, voter.Id, cancellationToken);
        var proved = await ProvedAsync(motion, heard.Tidy(), stands, cancellationToken);
        var (casting, _) = await KnockAsync(
            motion,
            current => Casting.Of(proved, current),
            (current, recorded) => ReceiveAsync(new Receipt(charter, current, voter, recorded), who, cancellationToken),
            cancellationToken);
        return casting;
    }

    /// <summary>
    /// The ballot with evidence of its own: see <see cref="BallotEvidence"/>. A mail that was not counted before is its own.
    /// </summary>
    /// <param name="said">Its evidence says where it came from.</param>
    private async Task<Ballot> ProvedAsync(Motion motion, Ballot said, Ballot? stands, CancellationToken cancellationToken)
    {
        var secret = motion.Secret ? await secrets.FindAsync(motion, cancellationToken) : null;
        return (motion.Secret && secret is null)
            || (said.Source is BallotSource.Mail && await ballots.FindRecordedAsync(motion, said, cancellationToken) is null)
            ? said
            : said with { Evidence = BallotEvidence.Of(said.Evidence, said, stands, secret) };
    }

    /// <summary>Judges a ballot and records it; while the box is shut, again and on the motion as it is then.</summary>
    /// <returns>What came of it, and the motion on which it was judged last.</returns>
    private async Task<(Casting Casting, Motion Motion)> KnockAsync(
        Motion motion,
        Func<Motion, Casting> judge,
        Func<Motion, Recorded, Task> receive,
        CancellationToken cancellationToken)
    {
        for (var knock = 1; ; knock++)
        {
            var casting = judge(motion);
            var recorded = casting switch
            {
                Casting.Accepted accepted => await ballots.RecordAsync(motion, accepted.Ballot.Tidy(), cancellationToken),

                // Recorded before a crash, and brought again after the count.
                Casting.TooLate when judge(StillOpen(motion)) is Casting.Accepted before =>
                    await ballots.FindRecordedAsync(motion, before.Ballot.Tidy(), cancellationToken),
                _ => null,
            };
            if (recorded is not null)
            {
                await receive(motion, recorded);
                Count(motion, casting);
                return (new Casting.Accepted(recorded.Ballot), motion);
            }

            if (casting is not Casting.Accepted)
            {
                Count(motion, casting);
                return (casting, motion);
            }

            if (knock == Knocks)
            {
                throw new BoxShutException(motion.Id);
            }

            await Task.Delay(Pause, cancellationToken);
            motion = await motions.FindAsync(motion.Committee, motion.Id, cancellationToken) ?? motion;
        }
    }

    private static Motion StillOpen(Motion motion) =>
        motion with { State = MotionState.Open, Deadline = DateTimeOffset.MaxValue };

    private static void Count(Motion motion, Casting casting) =>
        Signals.Ballots.Add(1, new("committee", motion.Committee), new("class", casting.GetType().Name));

    /// <summary>What follows from a ballot that is on record. Done again, it does nothing.</summary>
    private async Task ReceiveAsync(Receipt receipt, string who, CancellationToken cancellationToken)
    {
        await Task.WhenAll(
            answer.ReceiptAsync(receipt, cancellationToken),
            events.RecordedAsync(receipt.Motion, receipt.Recorded, who, cancellationToken));
        var now = clock.GetUtcNow();
        if (receipt.Recorded.Counts && receipt.Motion.IsOpen && receipt.Motion.EarliestClose <= now)
        {
            await motions.MarkBallotAsync(receipt.Motion, now, cancellationToken);
        }
    }

    private async Task<(Charter Charter, Motion Motion)?> FindAsync(TokenHolder holder, CancellationToken cancellationToken)
    {
        var charter = charters.FindAsync(holder.Committee, cancellationToken);
        var motion = await motions.FindAsync(holder.Committee, holder.Motion, cancellationToken);
        return await charter is { } found && motion is not null ? (found, motion) : null;
    }

    private static string ByMail(IncomingMail mail) =>
        mail.Sender is SenderTrust.Authenticated from ? from.Address
        : mail.Sender is SenderTrust.Delegated by ? by.Sender
        : "mail";
}

/// <summary>What a voter said on their page.</summary>
/// <param name="Marks">On a motion with options: as <see cref="Options.MarkText"/> writes them.</param>
/// <param name="Assessments">As <see cref="Options.AssessmentText"/> writes them.</param>
/// <param name="Wording">The <see cref="Motion.Wording"/> that the page showed; null where that is not known.</param>
public sealed record PageBallot(
    Vote Vote, string? Comment, string? Marks = null, string? Assessments = null, string? Wording = null);

/// <summary>What the page behind a voter's link shows.</summary>
/// <param name="Present">The voter's ballot that counts now.</param>
public sealed record BallotPage(Charter Charter, Motion Motion, Member Voter, Ballot? Present)
{
    /// <summary>
    /// Who has voted, of a secret vote that is open: of all that is said in it, this alone is for the electorate. Else null.
    /// </summary>
    public VoterSet? Voted { get; init; }
}

/// <summary>A recorded ballot of which its voter is told.</summary>
public sealed record Receipt(Charter Charter, Motion Motion, Member Voter, Recorded Recorded);
