using System.Globalization;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Actions;

/// <summary>What somebody wants changed about an item; what is null stays.</summary>
/// <param name="Owners">As in <see cref="ActionItem.Owners"/>; empty: nobody's.</param>
/// <param name="Undated">It is to be due on no day any more.</param>
public sealed record ActionWish(
    ActionState? State = null, IReadOnlyList<string>? Owners = null, DateOnly? Due = null, bool Undated = false);

/// <summary>What became of the wish to change an item.</summary>
public abstract record ActionOutcome
{
    private ActionOutcome()
    {
    }

    /// <summary>The item as it is now; also where it was so before.</summary>
    public sealed record Changed(ActionItem Item) : ActionOutcome;

    /// <param name="Field"><c>owners</c> or <c>due</c>.</param>
    /// <param name="Reason">A sentence for whoever wished it.</param>
    public sealed record Refused(string Field, string Reason) : ActionOutcome;

    public sealed record NoSuchItem : ActionOutcome;
}

/// <summary>Marks an item done or open again, gives it to somebody else, or sets when it is due.</summary>
public sealed class ChangeAction(ActionStore actions, ShowChanges showChanges, AuditLog audit, TimeProvider clock)
{
    /// <summary>Longer than anybody's name.</summary>
    private const int LongestOwner = 100;

    private const int MostOwners = 12;

    /// <param name="who">For the audit.</param>
    public async Task<ActionOutcome> RunAsync(
        Charter charter, string id, ActionWish wish, string who, CancellationToken cancellationToken)
    {
        if (Check(wish) is { } refused)
        {
            return refused;
        }

        while (true)
        {
            if (await actions.FindAsync(charter.Id, id, cancellationToken) is not { } item)
            {
                return new ActionOutcome.NoSuchItem();
            }

            var now = clock.GetUtcNow();
            if (Edit(item, wish) is not { } edit)
            {
                // As asked for, perhaps by this very wish before a crash: then what follows from it may be missing.
                if (item.Edits is [.., var last] && last.Who == who)
                {
                    await TellAsync(charter, id, last, cancellationToken);
                }

                return new ActionOutcome.Changed(item);
            }

            edit = edit with { At = now, Day = charter.DayOf(now), Who = who };
            var edited = ActionRegister.Edit(item, edit);
            if (await actions.TryApplyAsync(charter.Id, new ActionChanges([edited], []), cancellationToken))
            {
                await TellAsync(charter, id, edit, cancellationToken);
                return new ActionOutcome.Changed(edited);
            }
        }
    }

    private async Task TellAsync(Charter charter, string id, ActionEdit edit, CancellationToken cancellationToken)
    {
        await audit.AppendOnceAsync(
            charter.Id, "action-changed", $"{id} {edit.At.UtcTicks}", edit.Who, Describe(edit), cancellationToken);
        await showChanges(charter, cancellationToken);
    }

    private static ActionOutcome.Refused? Check(ActionWish wish) => wish.Owners switch
    {
        { Count: > MostOwners } => new("owners", $"That is more than {MostOwners} owners."),
        { } owners when !owners.All(IsName) =>
            new("owners", $"An owner is a name of at most {LongestOwner} characters."),
        _ => null,
    };

    private static bool IsName(string owner) =>
        !string.IsNullOrWhiteSpace(owner) && owner.Length <= LongestOwner && !owner.Any(char.IsControl);

    /// <summary>What of the wish is not so already; null when all of it is.</summary>
    private static ActionEdit? Edit(ActionItem item, ActionWish wish)
    {
        var owners = wish.Owners?.Distinct(StringComparer.Ordinal).ToList();
        var edit = new ActionEdit
        {
            At = default,
            Day = default,
            Who = "",
            State = wish.State == item.State ? null : wish.State,
            Owners = owners is null || owners.SequenceEqual(item.Owners, StringComparer.Ordinal) ? null : owners,
            Due = wish.Due == item.Due ? null : wish.Due,
            Undated = wish.Undated && item.Due is not null,
        };
        return edit is { State: null, Owners: null, Due: null, Undated: false } ? null : edit;
    }

    private static string Describe(ActionEdit edit) => string.Join(
        "; ",
        new[]
        {
            edit.State?.ToString().ToLowerInvariant(),
            edit.Owners is { } owners ? $"owners: {(owners.Count > 0 ? string.Join(", ", owners) : "nobody")}" : null,
            edit.Due is { } due ? string.Create(CultureInfo.InvariantCulture, $"due {due:yyyy-MM-dd}") : null,
            edit.Undated ? "no date" : null,
        }.OfType<string>());
}
