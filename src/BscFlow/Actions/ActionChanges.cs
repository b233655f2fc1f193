namespace BscFlow.Actions;

/// <summary>What a reading of minutes changes in the register.</summary>
/// <param name="Saved">Items that are new or differ from what was known, in order of id.</param>
/// <param name="Removed">Items that no minutes state any more.</param>
public sealed record ActionChanges(IReadOnlyList<ActionItem> Saved, IReadOnlyList<ActionItem> Removed)
{
    public static ActionChanges None { get; } = new([], []);

    /// <summary>Years whose minutes spoke of a saved item when it was known, and do not any more.</summary>
    public IReadOnlyCollection<int> Left { get; init; } = [];

    public bool IsEmpty => Saved.Count == 0 && Removed.Count == 0;

    /// <summary>The register with these changes made, in order of id.</summary>
    public IReadOnlyList<ActionItem> AppliedTo(IReadOnlyList<ActionItem> known)
    {
        var register = known.ToDictionary(item => item.Id, StringComparer.Ordinal);
        foreach (var item in Removed)
        {
            register.Remove(item.Id);
        }

        foreach (var item in Saved)
        {
            register[item.Id] = item;
        }

        return [.. register.Values.OrderBy(item => item.Id, StringComparer.Ordinal)];
    }
}
