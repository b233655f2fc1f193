using System.Collections.Concurrent;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Ballots;

/// <summary>A secret motion whose secret cannot be read, so that no ballot on it can be taken or counted.</summary>
public sealed class MotionSecretLostException(string motion, Exception? inner) : Exception(
    $"The secret of {motion} is gone, or was sealed with another desk key: withdraw the motion and open it again.", inner);

/// <summary>
/// The secrets of secret motions, a row each beside the motion's ballots, sealed with the desk key: who reads the tables alone
/// cannot use them. A row that was deleted is gone, for tables keep no versions.
/// </summary>
public sealed class MotionSecrets(TableServiceClient tables, VotingKeys keys)
{
    private const string Sealed = "Sealed";
    private const int SecretsKept = 64;

    private readonly TableClient _table = tables.GetTableClient(Keys.BallotsTable);
    private readonly ConcurrentDictionary<string, MotionSecret> _known = new(StringComparer.Ordinal);

    /// <summary>Makes the secret of a motion, unless it has one.</summary>
    public async Task MakeAsync(Motion motion, CancellationToken cancellationToken)
    {
        var row = new TableEntity(PartitionOf(motion), Keys.BallotSecret)
        {
            ["v"] = 1,
            [Sealed] = keys.Seal(RandomNumberGenerator.GetBytes(MotionSecret.Length), PlaceOf(motion)),
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status == 409)
        {
            // Made by an earlier run: names stay as they are.
        }
    }

    /// <summary>The secret of a motion; null once it is destroyed.</summary>
    /// <exception cref="MotionSecretLostException">It was sealed with another desk key.</exception>
    public async Task<MotionSecret?> FindAsync(Motion motion, CancellationToken cancellationToken)
    {
        var place = PlaceOf(motion);
        if (_known.TryGetValue(place, out var known))
        {
            return known;
        }

        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            PartitionOf(motion), Keys.BallotSecret, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return null;
        }

        if (_known.Count >= SecretsKept)
        {
            _known.Clear();
        }

        return _known[place] = new MotionSecret(Open(motion, row.Value!.GetBinary(Sealed)));
    }

    /// <summary>The secret of a motion on which ballots are taken or counted.</summary>
    /// <exception cref="MotionSecretLostException">There is none that can be read.</exception>
    public async Task<MotionSecret> GetAsync(Motion motion, CancellationToken cancellationToken) =>
        await FindAsync(motion, cancellationToken) ?? throw new MotionSecretLostException(motion.Id, null);

    /// <summary>Destroys the secret of a motion; safe to run again.</summary>
    public async Task ForgetAsync(Motion motion, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(PartitionOf(motion), Keys.BallotSecret, ETag.All, cancellationToken);
        _known.TryRemove(PlaceOf(motion), out _);
    }

    private byte[] Open(Motion motion, byte[] closed)
    {
        try
        {
            return keys.Open(closed, PlaceOf(motion));
        }
        catch (CryptographicException otherKey)
        {
            throw new MotionSecretLostException(motion.Id, otherKey);
        }
    }

    private static string PartitionOf(Motion motion) => Keys.BallotBucket(motion.Committee, motion.Id, 0);

    private static string PlaceOf(Motion motion) => $"{motion.Committee}|{motion.Id}";
}
