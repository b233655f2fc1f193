using System.Net.Sockets;
using BscFlow.Local.Azurite;
using BscFlow.Tests.Scenarios;

namespace BscFlow.Tests.Local.Running;

public sealed class KilledRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Azurite_ends_with_a_run_that_is_killed_and_the_next_run_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        var storage = Path.Combine(folder.Path, "data", "storage");
        await using var run = new RunProcess([], folder.Path);
        await run.StartAsync(Cancellation);
        var moved = await run.AdvanceAsync("P1D", Cancellation);
        var azurite = BlobPort(run.Addresses.Storage);

        await run.KillAsync();
        await EndOfAsync(azurite);
        await run.StartAsync(Cancellation);
        using var browser = new HttpClient { BaseAddress = run.Addresses.Site };
        var front = await browser.GetStringAsync("/tidewater/", Cancellation);

        Assert.True(run.Addresses.Now >= moved);
        Assert.Contains("#34", front, StringComparison.Ordinal);

        await run.KillAsync();
        await AzuriteProcess.WaitForFormerAsync(storage, Cancellation);
    }

    private static int BlobPort(string connectionString) =>
        new Uri(connectionString.Split("BlobEndpoint=")[1].Split(';')[0]).Port;

    /// <summary>Fails by the test's own time limit when it does not end.</summary>
    private static async Task EndOfAsync(int port)
    {
        while (true)
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync("127.0.0.1", port, Cancellation);
            }
            catch (SocketException)
            {
                return;
            }

            await Task.Delay(50, Cancellation);
        }
    }
}
