using BscFlow.Committee;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>How often a mailbox is read by the clock: seldom while Graph tells of its mail, and often when it does not.</summary>
public sealed class MailboxLookTests : IAsyncLifetime
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    private ProductHost _host = null!;

    private int Looks => _host.Graph.Requests.Count(call => call.Path.EndsWith("/delta", StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        _host = await ProductHost.StartAsync(
            ["acme"], options: options => options.Graph = options.Graph with { LookWhileTold = TimeSpan.FromHours(1) });

        // The first look, which comes before the subscription, and the next one, which does not know of it yet.
        await _host.SettleAsync();
        await _host.MoveAsync(Tick);
        Assert.Single(_host.Graph.Subscriptions);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_mailbox_of_whose_mail_graph_tells_is_read_once_an_hour()
    {
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0], await LooksAsync(14));
    }

    [Fact]
    public async Task After_a_mail_that_graph_did_not_tell_of_it_is_read_every_five_minutes_until_the_next_renewal()
    {
        _host.Graph.Faults.Arm(new() { Kind = FaultKind.NotificationDropped, Path = "*notifications*" });
        _host.Graph.As("ada.acme@members.example").Write(["acme@committee.example"], "Untold", "Hello");

        Assert.Contains(1, await LooksAsync(12));
        Assert.Empty(_host.Graph.Faults.Armed);
        Assert.Equal([1, 1, 1, 1], await LooksAsync(4));

        await _host.MoveAsync(TimeSpan.FromDays(1));
        await _host.MoveAsync(Tick);
        Assert.Equal([0, 0, 0], await LooksAsync(3));
    }

    [Fact]
    public async Task A_mailbox_that_no_charter_names_any_more_is_left_alone_and_the_new_one_is_read()
    {
        await using var host = await ProductHost.StartAsync(["acme", "apex"]);
        await host.SettleAsync();
        var moved = host.Charters[0] with { Mailbox = host.Charters[1].Mailbox };
        await host.Get<CharterStore>().TakeOverAsync(CharterWriter.Write(moved), TestContext.Current.CancellationToken);
        await host.MoveAsync(TimeSpan.FromHours(1));
        await host.MoveAsync(Tick);
        var before = host.Graph.Requests.Count;
        host.Graph.As("ada.acme@members.example").Write(["apex@committee.example"], "Moved", "Hello");
        await host.MoveAsync(Tick);
        await host.MoveAsync(Tick);

        var since = host.Graph.Requests
            .Skip(before)
            .Where(call => call.Path.EndsWith("/delta", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(since);
        Assert.DoesNotContain(since, call => call.Path.Contains("acme", StringComparison.Ordinal));
        var mails = await host.Get<MailStore>().ListAsync("acme", after: null, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Moved", Assert.Single(mails).Subject);
    }

    /// <summary>Looks in each of so many ticks.</summary>
    private async Task<IReadOnlyList<int>> LooksAsync(int ticks)
    {
        List<int> looks = [];
        for (var tick = 0; tick < ticks; tick++)
        {
            var before = Looks;
            await _host.MoveAsync(Tick);
            looks.Add(Looks - before);
        }

        return looks;
    }
}
