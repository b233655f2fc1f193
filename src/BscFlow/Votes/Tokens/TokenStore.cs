using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using BscFlow.Mail;
using BscFlow.Storage;

namespace BscFlow.Votes.Tokens;

/// <summary>Whose a token is.</summary>
/// <param name="Motion">Id of a motion, or <see cref="Keys.Nominations"/>.</param>
/// <param name="Voter">Id of a voter, or <see cref="Keys.NomineeHolder"/>.</param>
public sealed record TokenHolder(string Committee, string Motion, string Voter)
{
    /// <summary>Whether it can vote, once the motion is open.</summary>
    public bool IsVoter => Nominations is null && !Voter.StartsWith(Keys.NomineeHolder(""), StringComparison.Ordinal);

    /// <summary>Id of the call for nominations of whose mails it is; null where it is a motion's.</summary>
    public string? Nominations => Keys.NominationsIn(Motion);
}

/// <summary>Finds the voter of a token: the Tokens table holds a row under the hash of each, never the token.</summary>
public sealed class TokenStore(TableServiceClient tables, VotingKeys keys)
{
    private const int RowsInTransaction = 100;
    private const int TransactionsAtOnce = 16;

    /// <summary>So many that the transactions of the 256 partitions are well filled, and the rows are soon let go.</summary>
    private const int VotersAtATime = 10_000;

    private readonly TableClient _table = tables.GetTableClient(Keys.TokensTable);

    /// <summary>Puts both tokens of each voter on record; safe to run again.</summary>
    public async Task AddAsync(string committee, string motion, IEnumerable<string> voters, CancellationToken cancellationToken)
    {
        foreach (var some in voters.Chunk(VotersAtATime))
        {
            await AddAsync(some.SelectMany(voter => Rows(new TokenHolder(committee, motion, voter))), cancellationToken);
        }
    }

    /// <inheritdoc cref="TokenFinder"/>
    public Func<CancellationToken, Task<string?>>? FindIn(IncomingMail mail) =>
        BallotToken.Find(mail.Recipients, mail.Subject).Count == 0
            ? null
            : async cancellationToken => (await HolderAsync(mail, cancellationToken))?.Committee;

    /// <summary>Whose the first token in a mail is that somebody has; null where there is none.</summary>
    public async Task<TokenHolder?> HolderAsync(IncomingMail mail, CancellationToken cancellationToken) =>
        await HoldersAsync(mail, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <summary>Whose the tokens in a mail are; those that nobody has are left out.</summary>
    public async IAsyncEnumerable<TokenHolder> HoldersAsync(
        IncomingMail mail, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var token in BallotToken.Find(mail.Recipients, mail.Subject))
        {
            if (await FindAsync(token, cancellationToken) is { } holder)
            {
                yield return holder;
            }
        }
    }

    /// <summary>
    /// Puts on record the tokens of those who nominate, or are nominated; safe to run again. The one in the links votes later,
    /// the one in the mails does not.
    /// </summary>
    /// <param name="call">Id of the call for nominations.</param>
    public async Task AddNominationsAsync(
        string committee, string call, IEnumerable<string> people, CancellationToken cancellationToken)
    {
        foreach (var some in people.Chunk(VotersAtATime))
        {
            await AddAsync(
                some.SelectMany(person => NominationRows(new TokenHolder(committee, call, person))), cancellationToken);
        }
    }

    public Task<TokenHolder?> FindAsync(BallotToken token, CancellationToken cancellationToken) =>
        FindAsync(token.ToString(), cancellationToken);

    public Task<TokenHolder?> FindAsync(PageToken token, CancellationToken cancellationToken) =>
        FindAsync(token.Reveal(), cancellationToken);

    private Task AddAsync(IEnumerable<TableEntity> rows, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(RowsInTransaction)),
        new ParallelOptions { MaxDegreeOfParallelism = TransactionsAtOnce, CancellationToken = cancellationToken },
        async (batch, token) => await _table.SubmitTransactionAsync(
            batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));

    private async Task<TokenHolder?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var (partition, row) = Keys.Token(token);
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(partition, row, cancellationToken: cancellationToken);
        return found.HasValue
            ? new TokenHolder(
                found.Value!.GetString(nameof(TokenHolder.Committee)),
                found.Value.GetString(nameof(TokenHolder.Motion)),
                found.Value.GetString(nameof(TokenHolder.Voter)))
            : null;
    }

    private IEnumerable<TableEntity> Rows(TokenHolder holder)
    {
        var (committee, motion, voter) = holder;
        yield return Row(keys.BallotToken(committee, motion, voter).ToString(), holder);
        yield return Row(keys.PageToken(committee, motion, voter).Reveal(), holder);
    }

    private IEnumerable<TableEntity> NominationRows(TokenHolder holder)
    {
        var (committee, call, person) = holder;
        yield return Row(
            keys.NominationToken(committee, call, person).ToString(), holder with { Motion = Keys.Nominations(call) });
        yield return Row(keys.PageToken(committee, call, person).Reveal(), holder);
    }

    private static TableEntity Row(string token, TokenHolder holder)
    {
        var (partition, row) = Keys.Token(token);
        return new TableEntity(partition, row)
        {
            ["v"] = 1,
            [nameof(TokenHolder.Committee)] = holder.Committee,
            [nameof(TokenHolder.Motion)] = holder.Motion,
            [nameof(TokenHolder.Voter)] = holder.Voter,
        };
    }
}
