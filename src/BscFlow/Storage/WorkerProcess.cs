namespace BscFlow.Storage;

/// <summary>A process that does the work, as its leases name it.</summary>
/// <param name="Name">
/// One that starts again under it takes up at once what it had begun before a crash; no two may have it at a time.
/// </param>
public sealed record WorkerProcess(string Name)
{
    /// <summary>One of several processes, with a name that nobody has again.</summary>
    public static WorkerProcess OneOfMany() => new(Guid.NewGuid().ToString("N"));
}
