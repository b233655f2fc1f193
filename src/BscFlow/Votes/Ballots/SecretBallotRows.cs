using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Votes.Options;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Ballots;

/// <summary>Writes what secret ballots say so that neither the row nor its time tells whose it is.</summary>
internal sealed class SecretBallotRows(TableClient table)
{
    /// <summary>
    /// Among how many other secret ballots one hides, where there are so many; fits a transaction with the ballot.
    /// </summary>
    private const int WrittenAgain = 40;

    /// <summary>
    /// The row of what a secret ballot says, as it counts, and some of the others as they are, in the order of their names.
    /// </summary>
    public async Task<IEnumerable<TableTransactionAction>> WriteAsync(
        Motion motion, string partition, MotionSecret secret, Ballot ballot, CancellationToken cancellationToken)
    {
        var said = BallotRow.Said(partition, secret.NameOf(ballot.Voter), motion.Options is { } options
            ? ballot with { Marks = MarkText.Write(options.Counted(ballot)) }
            : ballot);
        var others = (await SomeAsync(partition, cancellationToken)).Where(row => row != said.RowKey).Take(WrittenAgain);
        return others
            .Select(row => new TableTransactionAction(
                TableTransactionActionType.UpdateMerge, BallotRow.Again(partition, row), ETag.All))
            .Append(new(TableTransactionActionType.UpsertReplace, said))
            .OrderBy(action => action.Entity.RowKey, StringComparer.Ordinal);
    }

    /// <summary>Rows of secret ballots from a random one on, round to it again.</summary>
    private async Task<IReadOnlyList<string>> SomeAsync(string partition, CancellationToken cancellationToken)
    {
        var from = Keys.SecretBallot(Base32.Encode(RandomNumberGenerator.GetBytes(5)));
        List<string> rows = [];
        foreach (var filter in (string[])
        [
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {from} and RowKey lt {Keys.SecretBallotEnd}"),
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {partition} and RowKey ge {Keys.SecretBallotStart} and RowKey lt {from}"),
        ])
        {
            await foreach (var row in table
                .QueryAsync<TableEntity>(filter, WrittenAgain + 1, select: [nameof(TableEntity.RowKey)], cancellationToken)
                .Take(WrittenAgain + 1 - rows.Count))
            {
                rows.Add(row.RowKey);
            }

            if (rows.Count > WrittenAgain)
            {
                break;
            }
        }

        return rows;
    }
}
