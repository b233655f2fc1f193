using Azure.Core.Pipeline;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using BscFlow.Storage;
using BscFlow.Tests.Web;
using BscFlow.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Publishing;

/// <summary>A committee with a repository of its own.</summary>
public sealed class OfferMinutesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Branch = "bscflow/minutes";

    private readonly string _committee = AzuriteFixture.NewName();
    private readonly StorageRequests _requests = new();
    private GitHubStub _github = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _github = await GitHubStub.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _github.DisposeAsync();

    [Fact]
    public async Task What_is_published_is_offered_once_by_a_step_of_its_own()
    {
        await using var host = await StartAsync(_github.Address);
        var charter = await AddAsync(host);
        await host.ImportSampleAsync(charter);

        Assert.True((await StateAsync(host)).HasMinutesToOffer);
        await host.Get<OfferMinutes>().RunAsync(charter, Cancel);

        Assert.Equal(await File.ReadAllTextAsync(Tidewater.PathOf("2026.md"), Cancel), _github.Read(Branch, "minutes/2026.md"));
        Assert.False((await StateAsync(host)).HasMinutesToOffer);
        _github.Writes.Clear();
        await host.Get<OfferMinutes>().RunAsync(charter, Cancel);
        Assert.Empty(_github.Writes);
    }

    [Fact]
    public async Task Minutes_that_are_published_later_are_offered_when_the_clock_looks()
    {
        await using var host = await StartAsync(_github.Address);
        var charter = await AddAsync(host);
        await host.Get<OfferMinutes>().RunAsync(charter, Cancel);
        var meeting = await host.DraftAsync(charter, new DateTimeOffset(2026, 1, 8, 15, 0, 0, TimeSpan.Zero));
        host.Clock.SetUtcNow(meeting.End.AddHours(1));
        var draft = (await host.Get<MinutesStore>().FindAsync(charter.Id, 2026, meeting.Row, Cancel))!;
        await host.Get<SaveMinutes>().RunAsync(charter, meeting.Row, draft.Text + "\n  - The roof leaks.\n", draft.ETag, "test", Cancel);

        Assert.IsType<PublishOutcome.Published>(
            await host.Get<PublishMinutes>().PublishNowAsync(charter, meeting.Row, "test", Cancel));

        var planned = Assert.Single(Schedule.Offer(charter, await StateAsync(host), host.Clock.GetUtcNow()));
        await host.Get<StepRunner>().RunAsync(StepMessage.Write(planned.Step, host.Clock.GetUtcNow()), Cancel);
        Assert.Contains("The roof leaks.", _github.Read(Branch, "minutes/2026.md"), StringComparison.Ordinal);
        Assert.Empty(Schedule.Offer(charter, await StateAsync(host), host.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task While_GitHub_does_not_answer_everything_else_goes_on()
    {
        await using var host = await StartAsync(new Uri("http://127.0.0.1:9/"));
        var charter = await AddAsync(host);
        await host.ImportSampleAsync(charter);

        await host.Get<PublishSite>().RunAsync(charter, Cancel);
        await host.Get<RefreshSite>().RunAsync(charter, host.Clock.GetUtcNow(), Cancel);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Get<OfferMinutes>().RunAsync(charter, Cancel));

        Assert.NotNull(await host.Get<BlobSite>().FindAsync(charter.Id, SitePath.Front, Cancel));
        Assert.NotNull(await host.Get<SiteDigests>().FindAsync(charter.Id, Cancel));
        Assert.Equal(host.Clock.GetUtcNow(), (await StateAsync(host)).SiteAsOf);
        Assert.True((await StateAsync(host)).HasMinutesToOffer);
    }

    [Fact]
    public async Task A_publication_reads_no_settled_year_though_there_is_a_repository()
    {
        await using var host = await StartAsync(_github.Address);
        var charter = await AddAsync(host);
        host.Clock.SetUtcNow(SampleSite.Now);
        ArchiveFile[] files = [.. Enumerable.Range(2018, 9).Select(YearOf)];
        await host.Get<ImportArchive>().RunAsync(charter, files, Cancel);
        await host.Get<PublishSite>().RunAsync(charter, Cancel);
        await host.Get<PublishSite>().RunAsync(charter, Cancel);
        _requests.Clear();

        await host.Get<PublishSite>().RunAsync(charter, Cancel);

        Assert.Equal(0, _requests.To($"/{Keys.YearBlob(charter.Id, 2018)}"));
        Assert.NotEqual(0, _requests.To($"/{Keys.YearBlob(charter.Id, 2026)}"));
    }

    private static ArchiveFile YearOf(int year) => new($"{year}.md", MinutesReader.Read(string.Concat(Enumerable.Range(1, 12).Select(month =>
        $"## Meeting #{((year - 2018) * 12) + month} - {year}-{month:D2}-08\n\n- **Participants:** Priya Raghunathan\n- **Notes:**\n  - Nothing.\n\n"))));

    private Task<CommitteeState> StateAsync(DeskHost host) => host.Get<CommitteeStateStore>().GetAsync(_committee, Cancel);

    private Task<Charter> AddAsync(DeskHost host) => host.AddCommitteeAsync(charter => charter with { Id = _committee });

    private Task<DeskHost> StartAsync(Uri github) => DeskHost.StartAsync(
        azurite,
        options => options.GitHub.Add(
            _committee, new GitHubOptions { Repository = "example/tsc", Folder = "minutes", Token = "given", Address = github }),
        services => services.AddSingleton<HttpPipelinePolicy>(_requests));
}
