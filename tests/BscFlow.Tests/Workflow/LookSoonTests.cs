using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Azure.Core.Pipeline;
using BscFlow.Meetings;
using BscFlow.Tests.Web;
using BscFlow.Web;
using BscFlow.Workflow;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Workflow;

/// <summary>What a request that changed something asks of the clock.</summary>
public sealed class LookSoonTests(AzuriteFixture azurite)
{
    private readonly StorageRequests _requests = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_changes_of_a_moment_share_a_look()
    {
        const int Changes = 200;
        await using var host = await StartAsync();
        var look = host.Get<LookSoon>();
        var begun = Stopwatch.GetTimestamp();

        await Task.WhenAll(Enumerable.Range(0, Changes).Select(_ => look.RunAsync("acme")));

        // However slow the machine is: one at the beginning, and one a second.
        var most = 2 + (int)Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Assert.InRange(_requests.To("/steps/messages"), 1, most);
    }

    [Fact]
    public async Task Who_changes_something_waits_for_no_look_at_the_committee()
    {
        await using var host = await StartAsync();
        var charter = await host.AddCommitteeAsync();
        _requests.Clear();

        Assert.Equal(HttpStatusCode.Accepted, await AddToAgendaAsync(host, charter.Id));

        Assert.Equal(1, _requests.To("/steps/messages"));

        // The meetings once, to find the one on whose agenda it comes.
        Assert.Equal(1, _requests.To("/Meetings"));
        Assert.Equal(0, _requests.To("/Outbox") + _requests.To("/Clock"));
    }

    [Fact]
    public async Task What_was_stored_is_no_failure_when_the_look_cannot_be_asked_for()
    {
        await using var host = await StartAsync();
        var charter = await host.AddCommitteeAsync();
        _requests.Refused = "/steps/messages";

        Assert.Equal(HttpStatusCode.Accepted, await AddToAgendaAsync(host, charter.Id));

        Assert.Single(await host.Get<AgendaStore>().WaitingAsync(charter.Id, Cancel));
    }

    private static async Task<HttpStatusCode> AddToAgendaAsync(DeskHost host, string committee)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, $"/api/{committee}/agenda"))
        {
            Content = JsonContent.Create(new AgendaRequest("The roof", null)),
        };
        request.Headers.Add(Access.KeyHeader, DeskHost.DeskKey);
        using var answer = await host.NewBrowser().Http.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    private Task<DeskHost> StartAsync() =>
        DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(_requests));
}
