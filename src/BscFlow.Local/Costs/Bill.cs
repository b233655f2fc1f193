namespace BscFlow.Local.Costs;

/// <summary>What was asked of Azure.</summary>
public sealed record Usage(
    decimal BlobWrites, decimal BlobReads, decimal TableOperations, decimal QueueOperations, decimal Executions)
{
    public static Usage operator +(Usage one, Usage other) => new(
        one.BlobWrites + other.BlobWrites,
        one.BlobReads + other.BlobReads,
        one.TableOperations + other.TableOperations,
        one.QueueOperations + other.QueueOperations,
        one.Executions + other.Executions);

    public static Usage operator -(Usage one, Usage other) => one + (other * -1);

    public static Usage operator *(Usage one, decimal times) => new(
        one.BlobWrites * times,
        one.BlobReads * times,
        one.TableOperations * times,
        one.QueueOperations * times,
        one.Executions * times);
}

/// <summary>A month of a deployment.</summary>
/// <param name="GigabyteSeconds">
/// As if each execution had an instance to itself for the shortest time that is billed: an upper bound.
/// </param>
internal sealed record Bill(int Committees, Usage Usage, decimal GigabyteSeconds, decimal Storage, decimal Functions)
{
    public decimal Total => Storage + Functions;

    public decimal PerCommittee => Total / Committees;

    /// <param name="shared">What a deployment needs however many committees it serves.</param>
    /// <param name="each">What one committee needs.</param>
    public static Bill Of(int committees, Usage shared, Usage each, Prices prices)
    {
        var usage = shared + (each * committees);
        var seconds = usage.Executions * prices.SecondsPerExecutionAtLeast * prices.InstanceGigabytes;
        var storage = ((usage.BlobWrites * prices.BlobWritesPer10000)
            + (usage.BlobReads * prices.BlobReadsPer10000)
            + (usage.TableOperations * prices.TableOperationsPer10000)
            + (usage.QueueOperations * prices.QueueOperationsPer10000)) / 10_000;
        var functions = (Math.Max(usage.Executions - prices.FreeExecutions, 0) * prices.ExecutionsPerMillion / 1_000_000)
            + (Math.Max(seconds - prices.FreeGigabyteSeconds, 0) * prices.GigabyteSecond);
        return new Bill(committees, usage, seconds, storage, functions);
    }
}
