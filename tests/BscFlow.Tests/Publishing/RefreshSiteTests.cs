using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Publishing;
using BscFlow.Tests.Web;
using BscFlow.Workflow;

namespace BscFlow.Tests.Publishing;

/// <summary>Pages that say what is next and for how long something is open, when nothing happens but the time.</summary>
public sealed class RefreshSiteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private DeskHost _host = null!;
    private Charter _charter = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync(azurite);
        _charter = await _host.AddCommitteeAsync();
        await _host.ImportSampleAsync(_charter);
        await _host.Get<PublishSite>().RunAsync(_charter, Cancel);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_meeting_that_is_over_is_not_the_next_one_and_an_item_is_open_for_longer()
    {
        var before = await FrontAsync();
        _host.Clock.Advance(TimeSpan.FromDays(21));

        await RefreshAsync();
        var after = await FrontAsync();

        Assert.Contains("Thursday, 12 November 2026, 15:00", before, StringComparison.Ordinal);
        Assert.Contains("open for 3 weeks", before, StringComparison.Ordinal);
        Assert.Contains("Thursday, 10 December 2026, 15:00", after, StringComparison.Ordinal);
        Assert.Contains("open for 6 weeks", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refreshed_since_it_was_due_is_not_refreshed_again()
    {
        await RefreshAsync();
        var state = await StateAsync();

        await RefreshAsync(_host.Clock.GetUtcNow());

        Assert.Equal(state, await StateAsync());
        Assert.Equal(_host.Clock.GetUtcNow(), state.SiteAsOf);
    }

    private async Task RefreshAsync(DateTimeOffset? due = null)
    {
        // As a queue does it that delivers twice.
        var step = Schedule.Refresh(_charter, await StateAsync(), []).Step;
        var at = due ?? BscFlow.Storage.Keys.ParseInstant(step.Subject);
        await _host.Get<RefreshSite>().RunAsync(_charter, at, Cancel);
    }

    private Task<CommitteeState> StateAsync() => _host.Get<CommitteeStateStore>().GetAsync(_charter.Id, Cancel);

    private async Task<string> FrontAsync()
    {
        // Not through the cache of the server, which asks for a new version every few seconds only.
        var target = _host.Get<IEnumerable<IPublishingTarget>>().First();
        return System.Text.Encoding.UTF8.GetString((await target.FindAsync(_charter.Id, SitePath.Front, Cancel))!);
    }
}
