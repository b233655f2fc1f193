using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Data.Tables;
using BscFlow.Votes.Options;

namespace BscFlow.Votes;

/// <summary>A motion as its row in the Motions table. Its electorate is a blob, and the row holds the blob's hash.</summary>
internal static class MotionRow
{
    /// <summary>SHA-256 of the electorate.</summary>
    public const string Electorate = "Electorate";

    /// <summary>False once nothing is left to do for it, so that the clock need not read it.</summary>
    public const string Pending = "Pending";

    private const string Voters = "Voters";

    /// <summary>Characters that a property of a table holds.</summary>
    private const int LongestText = 32_000;

    /// <summary>What <see cref="ReadPending"/> reads.</summary>
    public static readonly string[] PendingColumns =
    [
        nameof(TableEntity.RowKey), nameof(Motion.State), nameof(Motion.News), nameof(Motion.Opened), nameof(Motion.Deadline),
        nameof(Motion.EarliestClose), nameof(Motion.RemindedUntil), nameof(Motion.BoxShut), nameof(Motion.LastBallot),
        nameof(Motion.LookedAt), nameof(Motion.Closed), Voters,
    ];

    /// <summary>What <see cref="ReadListed"/> reads.</summary>
    public static readonly string[] ListedColumns =
    [
        nameof(TableEntity.RowKey), nameof(Motion.Title), nameof(Motion.Rule), nameof(Motion.Mover), nameof(Motion.Seconder),
        nameof(Motion.Secret), nameof(Motion.Opened), nameof(Motion.Deadline), nameof(Motion.State), nameof(Motion.Closed),
        nameof(Motion.Reason), nameof(Motion.RatifiedOn), nameof(Motion.Options), nameof(Motion.BoxShut), nameof(Motion.Counted),
        Voters,
    ];

    /// <summary>What <see cref="ReadEnd"/> reads.</summary>
    public static readonly string[] EndColumns =
    [
        nameof(TableEntity.RowKey), nameof(Motion.Title), nameof(Motion.Text),
        nameof(Motion.State), nameof(Motion.News), nameof(Motion.TallyHash),
    ];

    public static TableEntity Write(Motion motion, string electorate)
    {
        var row = WriteFacts(motion, electorate);
        if (motion.Options is { } options)
        {
            foreach (var (i, part) in OptionsJson(options).Chunk(LongestText).Index())
            {
                row[OptionsColumn(i)] = new string(part);
            }
        }

        return row;
    }

    /// <summary>What is kept of the options: 250 of them are more than a property of a table holds.</summary>
    public static string OptionsJson(OptionVote options) => JsonSerializer.Serialize(options, MotionJson.Plain.OptionVote);

    public static string LinksJson(IReadOnlyList<MotionLink> links) =>
        JsonSerializer.Serialize(links, MotionJson.Plain.IReadOnlyListMotionLink);

    private static TableEntity WriteFacts(Motion motion, string electorate) => new(motion.Committee, motion.Id)
    {
        ["v"] = 1,
        [nameof(Motion.Title)] = motion.Title,
        [nameof(Motion.Text)] = motion.Text,
        [nameof(Motion.Links)] = LinksJson(motion.Links),
        [nameof(Motion.Rule)] = JsonSerializer.Serialize(motion.Rule, MotionJson.Default.Rule),
        [nameof(Motion.Meeting)] = motion.Meeting,
        [nameof(Motion.ForQuorum)] = motion.ForQuorum,
        [nameof(Motion.Mover)] = motion.Mover,
        [nameof(Motion.Seconder)] = motion.Seconder,
        [nameof(Motion.Secret)] = motion.Secret,
        [nameof(Motion.Opened)] = motion.Opened,
        [nameof(Motion.Deadline)] = motion.Deadline,
        [nameof(Motion.EarliestClose)] = motion.EarliestClose,
        [nameof(Motion.State)] = motion.State.ToString(),
        [nameof(Motion.Closed)] = motion.Closed,
        [nameof(Motion.CorrectedAt)] = motion.CorrectedAt,
        [nameof(Motion.Reason)] = motion.Reason,
        [nameof(Motion.RatifiedOn)] = motion.RatifiedOn?.ToString("O", null),
        [nameof(Motion.Buckets)] = motion.Buckets,
        [nameof(Motion.News)] = (int)motion.News,
        [nameof(Motion.RemindedUntil)] = motion.RemindedUntil,
        [nameof(Motion.Box)] = motion.Box,
        [nameof(Motion.BoxShut)] = motion.BoxShut,
        [nameof(Motion.Counted)] = motion.Counted,
        [nameof(Motion.LastBallot)] = motion.LastBallot,
        [nameof(Motion.LookedAt)] = motion.LookedAt,
        [nameof(Motion.MailedTo)] = motion.MailedTo,
        [nameof(Motion.By)] = motion.By,
        [nameof(Motion.TallyHash)] = motion.TallyHash,
        [Pending] = motion.IsOpen || motion.News is not MotionNews.None,
        [Voters] = motion.Electorate.Size,
        [Electorate] = electorate,
    };

    public static Motion Read(TableEntity row, Electorate electorate) => new()
    {
        Committee = row.PartitionKey,
        Id = row.RowKey,
        Title = row.GetString(nameof(Motion.Title)),
        Text = row.GetString(nameof(Motion.Text)),
        Links = JsonSerializer.Deserialize(row.GetString(nameof(Motion.Links)), MotionJson.Default.IReadOnlyListMotionLink)!,
        Rule = JsonSerializer.Deserialize(row.GetString(nameof(Motion.Rule)), MotionJson.Default.Rule)!,
        Electorate = electorate,
        Options = OptionsIn(row),
        Meeting = row.GetString(nameof(Motion.Meeting)),
        ForQuorum = row.GetBoolean(nameof(Motion.ForQuorum)) ?? false,
        Mover = row.GetString(nameof(Motion.Mover)),
        Seconder = row.GetString(nameof(Motion.Seconder)),
        Secret = row.GetBoolean(nameof(Motion.Secret))!.Value,
        Opened = row.GetDateTimeOffset(nameof(Motion.Opened))!.Value,
        Deadline = row.GetDateTimeOffset(nameof(Motion.Deadline))!.Value,
        EarliestClose = row.GetDateTimeOffset(nameof(Motion.EarliestClose)),
        State = StateOf(row),
        Closed = row.GetDateTimeOffset(nameof(Motion.Closed)),
        CorrectedAt = row.GetDateTimeOffset(nameof(Motion.CorrectedAt)),
        Reason = row.GetString(nameof(Motion.Reason)),
        RatifiedOn = RatifiedOn(row),
        Buckets = row.GetInt32(nameof(Motion.Buckets))!.Value,
        News = NewsOf(row),
        RemindedUntil = row.GetDateTimeOffset(nameof(Motion.RemindedUntil)),
        Box = row.GetInt32(nameof(Motion.Box))!.Value,
        BoxShut = row.GetDateTimeOffset(nameof(Motion.BoxShut)),
        Counted = row.GetInt32(nameof(Motion.Counted)),
        LastBallot = row.GetDateTimeOffset(nameof(Motion.LastBallot)),
        LookedAt = row.GetDateTimeOffset(nameof(Motion.LookedAt)),
        MailedTo = row.GetString(nameof(Motion.MailedTo)),
        By = row.GetString(nameof(Motion.By)),
        TallyHash = row.GetString(nameof(Motion.TallyHash)),
        ETag = row.ETag,
    };

    public static PendingMotion ReadPending(TableEntity row) => new()
    {
        Id = row.RowKey,
        State = StateOf(row),
        News = NewsOf(row),
        Opened = row.GetDateTimeOffset(nameof(Motion.Opened))!.Value,
        Deadline = row.GetDateTimeOffset(nameof(Motion.Deadline))!.Value,
        EarliestClose = row.GetDateTimeOffset(nameof(Motion.EarliestClose)),
        RemindedUntil = row.GetDateTimeOffset(nameof(Motion.RemindedUntil)),
        BoxShut = row.GetDateTimeOffset(nameof(Motion.BoxShut)),
        LastBallot = row.GetDateTimeOffset(nameof(Motion.LastBallot)),
        LookedAt = row.GetDateTimeOffset(nameof(Motion.LookedAt)),
        Closed = row.GetDateTimeOffset(nameof(Motion.Closed)),
        Voters = row.GetInt32(Voters)!.Value,
    };

    public static ListedMotion ReadListed(TableEntity row) => new()
    {
        Id = row.RowKey,
        Title = row.GetString(nameof(Motion.Title)),
        Rule = JsonSerializer.Deserialize(row.GetString(nameof(Motion.Rule)), MotionJson.Default.Rule)!,
        Mover = row.GetString(nameof(Motion.Mover)),
        Seconder = row.GetString(nameof(Motion.Seconder)),
        Secret = row.GetBoolean(nameof(Motion.Secret))!.Value,
        Opened = row.GetDateTimeOffset(nameof(Motion.Opened))!.Value,
        Deadline = row.GetDateTimeOffset(nameof(Motion.Deadline))!.Value,
        State = StateOf(row),
        Closed = row.GetDateTimeOffset(nameof(Motion.Closed)),
        Reason = row.GetString(nameof(Motion.Reason)),
        RatifiedOn = RatifiedOn(row),
        HasOptions = row.GetString(nameof(Motion.Options)) is not null,
        BoxShut = row.GetDateTimeOffset(nameof(Motion.BoxShut)),
        Counted = row.GetInt32(nameof(Motion.Counted)),
        Voters = row.GetInt32(Voters)!.Value,
    };

    public static MotionEnd ReadEnd(TableEntity row) => new(
        row.RowKey,
        row.GetString(nameof(Motion.Title)),
        row.GetString(nameof(Motion.Text)),
        StateOf(row),
        NewsOf(row),
        row.GetString(nameof(Motion.TallyHash)));

    private static DateOnly? RatifiedOn(TableEntity row) =>
        row.GetString(nameof(Motion.RatifiedOn)) is { } day ? DateOnly.ParseExact(day, "O", null) : null;

    private static OptionVote? OptionsIn(TableEntity row)
    {
        StringBuilder json = new();
        for (var i = 0; row.GetString(OptionsColumn(i)) is { } part; i++)
        {
            json.Append(part);
        }

        return json.Length == 0 ? null : JsonSerializer.Deserialize(json.ToString(), MotionJson.Plain.OptionVote);
    }

    private static string OptionsColumn(int part) => part == 0 ? nameof(Motion.Options) : $"{nameof(Motion.Options)}{part + 1}";

    private static MotionState StateOf(TableEntity row) => Enum.Parse<MotionState>(row.GetString(nameof(Motion.State)));

    private static MotionNews NewsOf(TableEntity row) => (MotionNews)row.GetInt32(nameof(Motion.News))!.Value;
}

[JsonSerializable(typeof(IReadOnlyList<MotionLink>))]
[JsonSerializable(typeof(Rule))]
[JsonSerializable(typeof(Electorate))]
[JsonSerializable(typeof(Elector))]
[JsonSerializable(typeof(OptionVote))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
internal sealed partial class MotionJson : JsonSerializerContext
{
    /// <summary>With letters of all scripts as they are.</summary>
    public static MotionJson Plain =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
