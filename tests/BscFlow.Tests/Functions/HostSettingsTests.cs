using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Functions;

/// <summary>The settings of the Functions host that the library counts on.</summary>
public sealed class HostSettingsTests
{
    private static readonly JsonElement Settings = JsonElement.Parse(File.ReadAllText(Repository.PathOf("host.json")));

    private static readonly JsonElement Extensions = Settings.GetProperty("extensions");

    [Fact]
    public void Routes_have_no_prefix() =>
        Assert.Equal("", Extensions.GetProperty("http").GetProperty("routePrefix").GetString());

    [Fact]
    public void A_step_is_tried_as_often_as_the_library_says() =>
        Assert.Equal(StepRunner.Tries, Extensions.GetProperty("queues").GetProperty("maxDequeueCount").GetInt32());

    /// <summary>A path of a voter's page holds its token, and the host would send the path of each request to the log.</summary>
    [Fact]
    public void The_host_tells_no_path_of_a_request() => Assert.False(
        Settings.GetProperty("logging").GetProperty("applicationInsights").GetProperty("httpAutoCollectionOptions")
            .GetProperty("enableHttpTriggerExtendedInfoCollection").GetBoolean());

    /// <summary>The alerts ask for requests of functions and for lines of the log.</summary>
    [Fact]
    public void What_alerts_ask_for_is_not_sampled()
    {
        var whole = Settings.GetProperty("logging").GetProperty("applicationInsights").GetProperty("samplingSettings")
            .GetProperty("excludedTypes").GetString()!.Split(';');
        Assert.Contains("Request", whole);
        Assert.Contains("Trace", whole);
    }

    /// <summary>The host decodes what the library encodes: seen on the wire, by a queue service that only listens.</summary>
    [Fact]
    public async Task A_message_travels_in_the_encoding_that_the_host_expects()
    {
        Assert.Equal("base64", Extensions.GetProperty("queues").GetProperty("messageEncoding").GetString());
        var step = new Step("acme", StepKind.SendAgenda, "0007");

        var sent = await SentAsync(step);

        var text = XElement.Parse(sent).Element("MessageText")!.Value;
        Assert.Equal(step, StepMessage.Read(Encoding.UTF8.GetString(Convert.FromBase64String(text))).Step);
    }

    private static async Task<string> SentAsync(Step step)
    {
        var received = new TaskCompletionSource<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var listener = builder.Build();
        listener.Run(async context =>
        {
            received.TrySetResult(await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted));
            context.Response.StatusCode = StatusCodes.Status201Created;
            await context.Response.WriteAsync("<QueueMessagesList />", context.RequestAborted);
        });
        await listener.StartAsync(TestContext.Current.CancellationToken);

        await using var library = new ServiceCollection().AddLogging().AddBscFlow(options =>
        {
            options.Storage = $"AccountName=a;AccountKey=a2V5;QueueEndpoint={listener.Urls.Single()}/a";
            options.SiteAddress = new Uri("https://committee.example.org/");
            options.DeskKey = new string('k', 32);
        }).BuildServiceProvider();
        await library.GetRequiredService<StepQueue>().AddAsync(step, TestContext.Current.CancellationToken);
        return await received.Task;
    }
}
