using System.Globalization;
using Azure;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Committee;

/// <summary>The Absences table: a row for each time that a member said to be away; a partition a committee.</summary>
public sealed class AbsenceStore(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(Keys.AbsencesTable);

    /// <summary>The absences that end on a day or after it, by their first day.</summary>
    public async Task<IReadOnlyList<Absence>> SinceAsync(
        string committee, DateOnly day, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {committee} and Until ge {Text(day)}");
        var absences = new List<Absence>();
        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            absences.Add(Read(row));
        }

        return [.. absences.OrderBy(absence => absence.From).ThenBy(absence => absence.Member, StringComparer.Ordinal)];
    }

    /// <summary>Puts an absence down; one of the same member with the same first day is replaced.</summary>
    /// <returns>The row's tag, which names this change and no other.</returns>
    public async Task<ETag> PutAsync(string committee, Absence absence, CancellationToken cancellationToken)
    {
        var answer = await _table.UpsertEntityAsync(Write(committee, absence), TableUpdateMode.Replace, cancellationToken);
        return answer.Headers.ETag!.Value;
    }

    /// <returns>The row's tag, or null when there is no such absence.</returns>
    public async Task<ETag?> FindAsync(string committee, string member, DateOnly from, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            committee, Keys.Absence(member, from), cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.ETag : null;
    }

    /// <param name="change">The row's tag.</param>
    /// <returns>False when another one was put in its place meanwhile; one that is gone is taken off all the same.</returns>
    public async Task<bool> TryRemoveAsync(
        string committee, string member, DateOnly from, ETag change, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(committee, Keys.Absence(member, from), change, cancellationToken);
            return true;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    private static TableEntity Write(string committee, Absence absence) =>
        new(committee, Keys.Absence(absence.Member, absence.From))
        {
            ["v"] = 1,
            [nameof(Absence.Member)] = absence.Member,
            [nameof(Absence.From)] = Text(absence.From),
            [nameof(Absence.Until)] = Text(absence.Until),
            [nameof(Absence.Note)] = absence.Note,
        };

    private static Absence Read(TableEntity row) => new(
        row.GetString(nameof(Absence.Member)),
        Day(row.GetString(nameof(Absence.From))),
        Day(row.GetString(nameof(Absence.Until))),
        row.GetString(nameof(Absence.Note)));

    // A day has no zone; as text it compares as it reads.
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
