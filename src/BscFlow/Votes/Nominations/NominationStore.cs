using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Storage;

namespace BscFlow.Votes.Nominations;

/// <summary>A call for nominations for which something is left to do.</summary>
public sealed record PendingNomination(string Id, bool Called, DateTimeOffset AnswerUntil);

/// <summary>
/// The Nominations table: a row a call and one a nominee, a partition a committee; what is to be voted on and who is asked are a
/// blob beside it that never changes.
/// </summary>
public sealed class NominationStore(TableServiceClient tables, BlobServiceClient blobs)
{
    private const string Pending = "Pending";
    private const string Separator = "; ";

    /// <summary>Column of the hash of what is asked.</summary>
    private const string AskedHash = "Asked";

    private readonly TableClient _table = tables.GetTableClient(Keys.NominationsTable);
    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(Keys.VotesContainer);

    /// <returns>False when there is one of this id.</returns>
    public async Task<bool> TryAddAsync(NominationCall call, CancellationToken cancellationToken)
    {
        var asked = JsonSerializer.SerializeToUtf8Bytes(new Asked(call.Draft, call.Electorate), NominationJson.Default.Asked);
        var hash = Convert.ToHexStringLower(SHA256.HashData(asked));
        await BlobOf(call.Committee, hash).UploadAsync(new BinaryData(asked), overwrite: true, cancellationToken);
        var row = Write(call);
        row[AskedHash] = hash;
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    public async Task<NominationCall?> FindAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(committee, id, cancellationToken: cancellationToken);
        if (!row.HasValue)
        {
            return null;
        }

        var blob = await BlobOf(committee, row.Value!.GetString(AskedHash)).DownloadContentAsync(cancellationToken);
        var asked = JsonSerializer.Deserialize(blob.Value.Content.ToMemory().Span, NominationJson.Default.Asked)!;
        return Read(row.Value!, asked);
    }

    /// <summary>Whether a call goes on, after which a motion of its id is opened.</summary>
    public async Task<bool> GoesOnAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var row = await _table.GetEntityIfExistsAsync<TableEntity>(
            committee, id, [nameof(NominationCall.Outcome)], cancellationToken);
        return row.HasValue && row.Value!.GetString(nameof(NominationCall.Outcome)) is null;
    }

    /// <summary>Ids of all calls of a committee.</summary>
    public async Task<IReadOnlyList<string>> AllAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee} and IsCall eq true"),
                select: [nameof(TableEntity.RowKey)],
                cancellationToken: cancellationToken)
            .Select(row => row.RowKey)
            .ToListAsync(cancellationToken);

    public async Task<IReadOnlyList<PendingNomination>> PendingAsync(string committee, CancellationToken cancellationToken) =>
        await _table
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Pending eq true"),
                cancellationToken: cancellationToken)
            .Select(row => new PendingNomination(
                row.RowKey,
                row.GetBoolean(nameof(NominationCall.Called))!.Value,
                row.GetDateTimeOffset(nameof(NominationCall.AnswerUntil))!.Value))
            .ToListAsync(cancellationToken);

    /// <param name="call">As it was read, and changed.</param>
    /// <returns>The call as stored, or null when its row changed since it was read; nothing was written then.</returns>
    public async Task<NominationCall?> TryUpdateAsync(NominationCall call, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _table.UpdateEntityAsync(Write(call), call.ETag, TableUpdateMode.Merge, cancellationToken);
            return call with { ETag = answer.Headers.ETag!.Value };
        }
        catch (RequestFailedException lost) when (lost.Status == 412)
        {
            return null;
        }
    }

    public async Task<IReadOnlyList<Nominee>> NomineesAsync(string committee, string id, CancellationToken cancellationToken)
    {
        var start = Keys.Nominee(id, "");
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} and RowKey ge {start} and RowKey lt {start + "~"}");
        return await _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)
            .Select(ReadNominee)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Changes the row of a nominee as it is when the change is written.</summary>
    /// <param name="change">Null: nothing is to be changed; it is given null where there is no such nominee.</param>
    /// <returns>As it is stored now.</returns>
    public async Task<Nominee?> ChangeAsync(
        string committee, string id, string key, Func<Nominee?, Nominee?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(
                committee, Keys.Nominee(id, key), cancellationToken: cancellationToken);
            var known = found.HasValue ? ReadNominee(found.Value!) : null;
            if (change(known) is not { } changed)
            {
                return known;
            }

            var row = Write(committee, id, changed);
            try
            {
                await (known is null
                    ? _table.AddEntityAsync(row, cancellationToken)
                    : _table.UpdateEntityAsync(row, known.ETag, TableUpdateMode.Replace, cancellationToken));
                return changed;
            }
            catch (RequestFailedException lost) when (lost.Status is 409 or 412)
            {
                // Somebody else was faster: once more, on what they wrote.
            }
        }
    }

    private BlobClient BlobOf(string committee, string hash) => _container.GetBlobClient(Keys.NominationBlob(committee, hash));

    private static TableEntity Write(NominationCall call) => new(call.Committee, call.Id)
    {
        ["v"] = 1,
        ["IsCall"] = true,
        [nameof(NominationCall.NominateUntil)] = call.NominateUntil,
        [nameof(NominationCall.AnswerUntil)] = call.AnswerUntil,
        [nameof(NominationCall.Opened)] = call.Opened,
        [nameof(NominationCall.HasTokens)] = call.HasTokens,
        [nameof(NominationCall.CalledTo)] = call.CalledTo,
        [nameof(NominationCall.Called)] = call.Called,
        [nameof(NominationCall.Outcome)] = call.Outcome,
        [nameof(NominationCall.By)] = call.By,
        [nameof(NominationCall.AwaitsChair)] = call.AwaitsChair,
        [Pending] = call is { Outcome: null, AwaitsChair: false },
    };

    private static NominationCall Read(TableEntity row, Asked asked) => new()
    {
        Committee = row.PartitionKey,
        Draft = asked.Draft,
        Electorate = asked.Electorate,
        NominateUntil = row.GetDateTimeOffset(nameof(NominationCall.NominateUntil))!.Value,
        AnswerUntil = row.GetDateTimeOffset(nameof(NominationCall.AnswerUntil))!.Value,
        Opened = row.GetDateTimeOffset(nameof(NominationCall.Opened))!.Value,
        HasTokens = row.GetBoolean(nameof(NominationCall.HasTokens)) ?? false,
        CalledTo = row.GetString(nameof(NominationCall.CalledTo)),
        Called = row.GetBoolean(nameof(NominationCall.Called))!.Value,
        AwaitsChair = row.GetBoolean(nameof(NominationCall.AwaitsChair)) ?? false,
        Outcome = row.GetString(nameof(NominationCall.Outcome)),
        By = row.GetString(nameof(NominationCall.By)),
        ETag = row.ETag,
    };

    private static TableEntity Write(string committee, string id, Nominee nominee) =>
        new(committee, Keys.Nominee(id, nominee.Key))
        {
            ["v"] = 1,
            [nameof(Nominee.Name)] = nominee.Name,
            [nameof(Nominee.Address)] = nominee.Address,
            [nameof(Nominee.Affiliation)] = nominee.Affiliation,
            [nameof(Nominee.By)] = string.Join(Separator, nominee.By),
            [nameof(Nominee.Answer)] = nominee.Answer.ToString(),
            [nameof(Nominee.AnsweredAt)] = nominee.AnsweredAt,
        };

    private static Nominee ReadNominee(TableEntity row) => new(
        row.RowKey[(row.RowKey.IndexOf('|', StringComparison.Ordinal) + 1)..],
        row.GetString(nameof(Nominee.Name)),
        row.GetString(nameof(Nominee.Address)),
        row.GetString(nameof(Nominee.Affiliation)),
        row.GetString(nameof(Nominee.By)).Split(Separator),
        Enum.Parse<NomineeAnswer>(row.GetString(nameof(Nominee.Answer))),
        row.GetDateTimeOffset(nameof(Nominee.AnsweredAt)))
    {
        ETag = row.ETag,
    };
}

/// <summary>What a call asks, and whom.</summary>
internal sealed record Asked(MotionDraft Draft, Electorate Electorate);

[JsonSerializable(typeof(Asked))]
[JsonSerializable(typeof(Elector))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class NominationJson : JsonSerializerContext;
