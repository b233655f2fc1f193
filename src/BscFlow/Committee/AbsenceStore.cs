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

    /// <returns>The tag of the row that was taken off, or null when there was none.</returns>
    public async Task<ETag?> RemoveAsync(
        string committee, string member, DateOnly from, CancellationToken cancellationToken)
    {
        var row = Keys.Absence(member, from);
        while (true)
        {
            var found = await _table.GetEntityIfExistsAsync<TableEntity>(committee, row, cancellationToken: cancellationToken);
            if (!found.HasValue)
            {
                return null;
            }

            try
            {
                // One that is gone already is no error here, and taken off all the same.
                await _table.DeleteEntityAsync(committee, row, found.Value!.ETag, cancellationToken);
                return found.Value.ETag;
            }
            catch (RequestFailedException changed) when (changed.Status == 412)
            {
                // Another one was put in its place meanwhile, and that is the one to take off.
            }
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
