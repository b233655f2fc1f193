using BscFlow.Votes;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Votes.Tallies;

public sealed class SheetSorterTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(1_234, 12)]
    public void Lines_come_out_in_the_order_of_their_receipts_however_many_are_held(int lines, int runs)
    {
        var random = new Random(lines);
        List<TallyReceipt> sheet = [.. Enumerable.Range(0, lines).Select(line => new TallyReceipt(
            Convert.ToHexStringLower(random.NextBytes(8)), (Vote)(line % 3), line % 2 == 0 ? null : $"{line},?"))];
        using var sorter = new SheetSorter(held: 100);
        sheet.ForEach(sorter.Add);

        Assert.Equal(sheet.OrderBy(line => line.Receipt, StringComparer.Ordinal), sorter.Sorted());
        Assert.Equal(runs, sorter.Runs);
    }
}

file static class RandomExtensions
{
    public static byte[] NextBytes(this Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
