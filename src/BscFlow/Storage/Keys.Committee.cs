using Azure.Data.Tables;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Filter for all rows of a committee in a table.</summary>
    /// <remarks>
    /// A partition is the committee's id, or begins with it and a vertical line; tokens alone lie by their hash.
    /// </remarks>
    public static string OfCommittee(string table, string committee) => table == TokensTable
        ? TableClient.CreateQueryFilter($"Committee eq {committee}")
        : TableClient.CreateQueryFilter(
            $"PartitionKey eq {committee} or (PartitionKey ge {committee + "|"} and PartitionKey lt {committee + "}"})");

    /// <summary>Whether a row would be found by <see cref="OfCommittee"/>.</summary>
    public static bool IsOfCommittee(string table, TableEntity row, string committee) => table == TokensTable
        ? row.TryGetValue("Committee", out var owner) && (owner as string) == committee
        : row.PartitionKey == committee || row.PartitionKey.StartsWith($"{committee}|", StringComparison.Ordinal);
}
