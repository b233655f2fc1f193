namespace BscFlow.Workflow;

/// <summary>How one part that the secretary needs is doing.</summary>
/// <param name="Part">storage, clock, steps, mailbox, subscription.</param>
/// <param name="Detail">For everyone to read: no address, no key, no path.</param>
public sealed record PartHealth(string Part, bool Well, string Detail);

/// <summary>Whether the secretary can do its work just now.</summary>
public sealed record Readiness(bool Ready, IReadOnlyList<PartHealth> Parts)
{
    public static Readiness Of(IReadOnlyList<PartHealth> parts) => new(parts.All(part => part.Well), parts);
}
