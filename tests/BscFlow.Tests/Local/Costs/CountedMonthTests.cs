using BscFlow.Local.Commands;
using BscFlow.Local.Costs;

namespace BscFlow.Tests.Local.Costs;

public sealed class CountedMonthTests
{
    private static readonly Prices Prices = Prices.Read();

    [Fact]
    public async Task A_committees_month_is_counted_and_stays_inside_the_free_grant()
    {
        var counted = await CountedMonth.CountAsync(TextWriter.Null, TestContext.Current.CancellationToken);
        var bill = CostCommand.BillOf(1, counted, Prices);

        Assert.InRange(bill.Usage.Executions, CountedMonth.Ticks, Prices.FreeExecutions);
        Assert.InRange(bill.GigabyteSeconds, 1, Prices.FreeGigabyteSeconds);
        Assert.Equal(0, bill.Functions);

        // A tick does not grow with the committees, and one with nothing to do is looked at about once an hour.
        Assert.InRange(counted.Tick.TableOperations, 1, 4);
        Assert.Equal(0, counted.Tick.BlobReads + counted.Tick.BlobWrites + counted.Tick.QueueOperations);
        Assert.InRange(counted.Hour.Executions, 0.5m, 1.5m);

        // An agenda, a reminder, a request for minutes, their circulation, a call for votes, receipts, and a result.
        Assert.True(counted.Mails > 30, $"{counted.Mails} mails");
        Assert.True(counted.Work.Executions > counted.Mails, $"{counted.Work.Executions} steps");
    }

    [Fact]
    public void What_is_over_the_free_grant_is_paid_and_what_all_share_is_paid_once()
    {
        var shared = new Usage(BlobWrites: 10_000, BlobReads: 0, TableOperations: 0, QueueOperations: 0, Executions: 1);
        var each = new Usage(BlobWrites: 0, BlobReads: 0, TableOperations: 10_000, QueueOperations: 0, Executions: 100_000);

        var (one, many) = (Bill.Of(1, shared, each, Prices), Bill.Of(100, shared, each, Prices));

        Assert.Equal(0, one.Functions);
        Assert.Equal(Prices.BlobWritesPer10000 + Prices.TableOperationsPer10000, one.Storage);
        Assert.Equal(Prices.BlobWritesPer10000 + (100 * Prices.TableOperationsPer10000), many.Storage);
        Assert.Equal(10_000_001, many.Usage.Executions);
        Assert.Equal(
            (9_750_001 * Prices.ExecutionsPerMillion / 1_000_000)
                + (((10_000_001 * Prices.SecondsPerExecutionAtLeast * Prices.InstanceGigabytes) - Prices.FreeGigabyteSeconds) * Prices.GigabyteSecond),
            many.Functions);
        Assert.Equal(many.Total / 100, many.PerCommittee);
    }
}
