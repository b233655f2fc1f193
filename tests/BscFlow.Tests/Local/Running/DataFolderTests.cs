using BscFlow.Local.Running;
using BscFlow.Storage;

namespace BscFlow.Tests.Local.Running;

public sealed class DataFolderTests
{
    [Fact]
    public async Task A_run_keeps_its_name_as_a_sender_from_start_to_start_and_shares_it_with_no_other_folder()
    {
        using var one = new TemporaryFolder();
        using var other = new TemporaryFolder();

        var first = await WorkerAsync(one);
        var again = await WorkerAsync(one);
        var elsewhere = await WorkerAsync(other);

        Assert.Equal(first, again);
        Assert.NotEqual(first, elsewhere);
    }

    private static async Task<WorkerProcess> WorkerAsync(TemporaryFolder folder)
    {
        using var data = await DataFolder.TakeAsync(folder.Path, fresh: false, TestContext.Current.CancellationToken);
        return data.Worker;
    }
}
