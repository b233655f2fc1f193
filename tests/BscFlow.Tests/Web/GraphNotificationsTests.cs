using System.Net;
using System.Net.Http.Json;
using Azure.Core.Pipeline;
using BscFlow.Storage;
using BscFlow.Web;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Tests.Web;

public sealed class GraphNotificationsTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_makes_up_subscriptions_has_few_of_them_looked_up()
    {
        var requests = new StorageRequests();
        await using var host = await DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(requests));
        requests.Clear();

        using var answer = await host.NewBrowser().Http.PostAsJsonAsync(
            "/notifications/graph",
            new { value = Enumerable.Range(0, 1000).Select(i => new { subscriptionId = $"made-up-{i}", clientState = "x" }) },
            Cancel);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.InRange(requests.To($"/{Keys.MailTable}"), 1, GraphNotifications.MostUnknown);
    }

    [Fact]
    public async Task A_subscription_is_looked_up_once_however_often_it_is_named()
    {
        var requests = new StorageRequests();
        await using var host = await DeskHost.StartAsync(azurite, parts: services => services.AddSingleton<HttpPipelinePolicy>(requests));
        requests.Clear();

        using var answer = await host.NewBrowser().Http.PostAsJsonAsync(
            "/notifications/graph",
            new { value = Enumerable.Range(0, 1000).Select(i => new { subscriptionId = "the-same", clientState = $"guess-{i}" }) },
            Cancel);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1, requests.To($"/{Keys.MailTable}"));
    }
}
