using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using BscFlow.Tests.Scenarios;

namespace BscFlow.Tests.Local.Running;

public sealed class KilledRunTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Azurite_ends_with_a_run_that_is_killed_and_the_next_run_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
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
    }

    [Fact]
    public async Task A_run_whose_Azurite_is_killed_says_so_and_the_next_run_sends_nothing_twice()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of a process are read from /proc.");
        using var folder = new TemporaryFolder();
        await using var run = new RunProcess([], folder.Path);
        await run.StartAsync(Cancellation);
        await run.AdvanceAsync("P1D", Cancellation);

        using (var node = Process.GetProcessById(ChildOf(run.Id)))
        {
            node.Kill();
        }

        Assert.Equal(2, await run.EndAsync(Cancellation));
        Assert.Contains(
            $"bscflow: {Path.Combine(folder.Path, "data", "storage")}: Azurite was ended from outside, and what it stored in its last seconds "
            + "may be lost; start again, and the steps that are missing are done again",
            run.Output);

        await run.StartAsync(Cancellation);
        await run.AdvanceAsync("P1D", Cancellation);
        using var browser = new HttpClient { BaseAddress = run.Addresses.Site };
        var inbox = await browser.GetStringAsync("/mailboxes/amara@okafor.example", Cancellation);
        Assert.Equal(2, Regex.Count(inbox, "meeting #34"));
        Assert.Equal(1, Regex.Count(inbox, "meeting #34[^<]*</a><span class=\"tag\">calendar</span>"));
    }

    /// <summary>A child belongs to the thread that started it.</summary>
    private static int ChildOf(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .SelectMany(thread => File
            .ReadAllText(Path.Combine(thread, "children"))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Select(child => int.Parse(child, CultureInfo.InvariantCulture))
        .Single();

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
