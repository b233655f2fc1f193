using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>
/// How far a client has followed a folder, and what it asked for at the start: the content of a delta or skip token.
/// </summary>
/// <param name="Position">Changes up to this number were given.</param>
/// <param name="Initial">Still in the first round, which gives what is there and no removals.</param>
/// <param name="ChangeType">created, updated or deleted; null: all.</param>
internal sealed record DeltaState(
    string Folder, int Generation, long Position, bool Initial, IReadOnlyList<string>? Select, string? ChangeType, string? Filter)
{
    public string ToToken() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, DeltaJson.Default.DeltaState));

    /// <exception cref="GraphRefusal">Not a token of this folder, or one that has expired.</exception>
    public static DeltaState Read(string token, Mailbox mailbox, StoredFolder folder, int generation)
    {
        DeltaState? state;
        try
        {
            state = JsonSerializer.Deserialize(Base64Url.DecodeFromChars(token), DeltaJson.Default.DeltaState);
        }
        catch (Exception error) when (error is JsonException or FormatException)
        {
            throw GraphRefusal.BadRequest("Badly formed token.");
        }

        if (state?.Folder != folder.Id)
        {
            throw GraphRefusal.BadRequest("Badly formed token.");
        }

        var forgotten = !state.Initial && state.Position < mailbox.Settings.ForgottenUntil;
        return forgotten || state.Generation != generation ? throw Expired() : state;
    }

    public static GraphRefusal Expired() => new(
        410,
        "syncStateNotFound",
        "The sync state generation is not found. The delta token is expired and data must be synchronized again.");
}

[JsonSerializable(typeof(DeltaState))]
internal sealed partial class DeltaJson : JsonSerializerContext;

/// <summary>One thing that a delta page tells: a message as it is now, or that one has gone.</summary>
internal sealed record DeltaItem(long Sequence, StoredMessage? Message, Removal? Removal);

/// <param name="More">Whether another page follows at once.</param>
internal sealed record DeltaPage(IReadOnlyList<DeltaItem> Items, DeltaState Next, bool More);

/// <summary>What changed in a folder since a client last looked.</summary>
internal static class DeltaFeed
{
    /// <param name="longest">How many messages a filtered list has at most.</param>
    public static DeltaPage Read(
        Mailbox mailbox, StoredFolder folder, DeltaState state, int size, long last, Filter<StoredMessage>? filter, int longest)
    {
        bool Wants(string type) => state.ChangeType is null || state.ChangeType == type;

        // Who asked for new messages only must not meet one again when it is merely read.
        var messages = mailbox.In(folder)
            .Select(message => new DeltaItem(Wants("updated") ? message.Changed : message.Arrived, message, null))
            .Where(item => state.Initial || (item.Message!.Arrived > state.Position ? Wants("created") : Wants("updated")))
            .Where(item => filter is null || filter.Passes(item.Message!));
        var removals = state.Initial || !Wants("deleted") ? [] : mailbox.Removals
            .Where(removal => removal.FolderId == folder.Id)
            .Select(removal => new DeltaItem(removal.Sequence, null, removal));
        var due = messages.Concat(removals).Where(item => item.Sequence > state.Position).OrderBy(item => item.Sequence).ToList();
        if (filter is not null && state is { Initial: true, Position: 0 })
        {
            due.RemoveRange(0, Math.Max(due.Count - longest, 0));
        }

        var page = due.Take(size).ToList();
        return due.Count > page.Count
            ? new(page, state with { Position = page[^1].Sequence }, More: true)
            : new(page, state with { Position = last, Initial = false }, More: false);
    }
}
