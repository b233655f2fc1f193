using System.CommandLine;
using System.Globalization;
using BscFlow.Local.Costs;
using BscFlow.Storage;

namespace BscFlow.Local.Commands;

/// <summary><c>bscflow cost</c>: what a month in Azure costs.</summary>
internal static class CostCommand
{
    private static readonly int[] Sizes = [1, 100, 10_000];

    private const int MinutesOfMonth = 60 * 24 * 30;

    /// <summary>
    /// What the Functions host does for itself all month while an instance runs: it asks each queue every half minute, renews a
    /// lease four times a minute, and writes down each tick. An estimate; nothing here can count it.
    /// </summary>
    private static readonly Usage Host = new(
        CountedMonth.Ticks, 4 * MinutesOfMonth, 0, Keys.Queues.Count * 2 * MinutesOfMonth, 0);

    /// <summary>Pages and calls of programs in a month, as an assumption: an execution and a blob each.</summary>
    private static readonly Usage Visitors = new(0, 3000, 0, 0, 3000);

    public static Command Create()
    {
        var command = new Command(
            "cost", "Count what a month of the sample committee asks of Azure, and say what that costs. Takes some minutes.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var counted = await CountedMonth.CountAsync(parsed.InvocationConfiguration.Error, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(Text(counted, Prices.Read()));
            return ExitCode.Done;
        });
        return command;
    }

    internal static string Text(CountedMonth counted, Prices prices)
    {
        var lines = Sizes.Select(size => Row(BillOf(size, counted, prices)));
        return string.Create(CultureInfo.InvariantCulture, $"""
            | committees | executions | GB-s | table operations | blob writes | blob reads | queue operations | storage | functions | month | each |
            | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
            {string.Join(Environment.NewLine, lines)}

            Counted: {Words(counted.Tick)} at a tick with nothing to do, {Words(counted.RollCall)} more where it lists the charters;
            for each committee {Words(counted.Hour)} in an hour with nothing to do,
            {Words(counted.Renewal)} at the day's renewal of its subscription,
            {Words(counted.Work)} for a meeting and a motion, {counted.Mails} mails.
            Prices of {prices.Date:yyyy-MM-dd}: {prices.Source}
            """);
    }

    internal static Bill BillOf(int committees, CountedMonth counted, Prices prices) =>
        Bill.Of(committees, counted.Shared + Host, counted.Each + Visitors, prices);

    private static string Row(Bill bill) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {bill.Committees:N0} | {bill.Usage.Executions:N0} | {bill.GigabyteSeconds:N0} | {bill.Usage.TableOperations:N0} | {bill.Usage.BlobWrites:N0} | {bill.Usage.BlobReads:N0} | {bill.Usage.QueueOperations:N0} | ${bill.Storage:N2} | ${bill.Functions:N2} | ${bill.Total:N2} | ${bill.PerCommittee:N3} |");

    private static string Words(Usage usage) => string.Create(
        CultureInfo.InvariantCulture,
        $"{usage.TableOperations:0.#} table, {usage.BlobWrites:0.#} blob write, {usage.BlobReads:0.#} blob read and {usage.QueueOperations:0.#} queue operations");
}
