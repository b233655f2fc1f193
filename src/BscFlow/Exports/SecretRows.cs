using System.Globalization;
using Azure.Data.Tables;
using BscFlow.Storage;

namespace BscFlow.Exports;

/// <summary>
/// Which rows tell how somebody voted on a secret motion: all that name one, but the motion itself and the audit.
/// </summary>
/// <remarks>Ballots, receipts in the outbox and what a mail was taken for have the motion's id in a key or in a column.</remarks>
internal sealed class SecretRows(IReadOnlySet<string> motions)
{
    private static readonly char[] Separators = ['|', '/', ':'];

    public bool Includes(string table, TableEntity row) =>
        motions.Count > 0
        && table is not (Keys.MotionsTable or Keys.AuditTable)
        && row.Select(column => column.Value).OfType<string>().Any(NamesOne);

    private bool NamesOne(string text) => text
        .Split(Separators)
        .Any(part => motions.Contains(part)
            || motions.Contains(Uri.UnescapeDataString(part.Replace('=', '%')).ToLower(CultureInfo.InvariantCulture)));
}
