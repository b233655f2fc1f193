#pragma warning disable
using BscFlow.Committee; using BscFlow.Minutes;
namespace BscFlow.Storage { public static partial class Keys { public const string ActionsTable = "Actions"; } }
namespace BscFlow.Actions {
public sealed class ActionStore(Azure.Data.Tables.TableServiceClient t) { 
 public Task<IReadOnlyList<ActionItem>> OpenAsync(string c, CancellationToken x) => Task.FromResult<IReadOnlyList<ActionItem>>([]);
 public Task<IReadOnlyList<ActionItem>> AllAsync(string c, CancellationToken x) => OpenAsync(t is null ? "" : c, x);
 public Task<bool> TryApplyAsync(string c, ActionChanges ch, CancellationToken x) => Task.FromResult(true);
}
public static class ActionDigest { public static IEnumerable<(Member Owner, IReadOnlyList<ActionItem> Items)> For(Charter c, IReadOnlyList<ActionItem> open, DateOnly d) => []; }
}
