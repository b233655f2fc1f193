using System.Net;
using BscFlow.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Web;

/// <summary>The pipeline in a host that routes as the Functions worker does: one endpoint a door, each with a catch-all.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private readonly WebApplication _host = CreateHost();
    private readonly HttpClient _client = new();

    public async ValueTask InitializeAsync()
    {
        await _host.StartAsync(TestContext.Current.CancellationToken);
        _client.BaseAddress = new Uri(_host.Urls.Single());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/acme/meetings/62", "committee=acme number=62")]
    [InlineData("/acme/desk/motions", "committee=acme page=motions")]
    public async Task A_request_that_the_host_has_routed_is_routed_anew(string path, string routeValues) =>
        Assert.Equal(routeValues, await _client.GetStringAsync(path, TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_path_that_the_product_does_not_know_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("/acme/elsewhere/1"));

    [Fact]
    public async Task The_keyed_door_leads_to_the_api() =>
        Assert.Equal("committee=acme", await _client.GetStringAsync("/keyed/api/acme", TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/api/acme")]
    [InlineData("/API/acme")]
    [InlineData("/%61pi/acme")]
    [InlineData("/api%2Facme")]
    [InlineData("//api/acme")]
    [InlineData("/x/../api/acme")]
    [InlineData("/api")]
    public async Task The_open_door_does_not_lead_to_the_api(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(path));

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        var address = new Uri(_client.BaseAddress!, "/").ToString().TrimEnd('/') + path;
        var asWritten = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var response = await _client.GetAsync(asWritten, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static WebApplication CreateHost()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(services => new Pipeline(services, Product));
        var host = builder.Build();
        host.Map("/{*path}", (HttpContext context, Pipeline pipeline) => pipeline.RunAsync(context));
        host.Map("/{committee}/desk/{*path}", (HttpContext context, Pipeline pipeline) => pipeline.RunAsync(context));
        host.Map("/keyed/{*path}", (HttpContext context, Pipeline pipeline) =>
        {
            context.Request.Path = context.Request.Path.Value!["/keyed".Length..];
            return pipeline.RunWithKeyAsync(context);
        });
        return host;
    }

    private static void Product(IApplicationBuilder app) => app.UseRouting().UseEndpoints(endpoints =>
    {
        foreach (var route in (string[])["/{committee}/meetings/{number}", "/{committee}/desk/{page}", "/api/{committee}"])
        {
            endpoints.Map(route, context => context.Response.WriteAsync(
                string.Join(' ', context.Request.RouteValues.Select(value => $"{value.Key}={value.Value}"))));
        }
    });
}
