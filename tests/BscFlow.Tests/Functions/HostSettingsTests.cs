using System.Text.Json;

namespace BscFlow.Tests.Functions;

/// <summary>The settings of the Functions host that the library counts on.</summary>
public sealed class HostSettingsTests
{
    private static readonly JsonElement Extensions =
        JsonElement.Parse(File.ReadAllText(Repository.PathOf("host.json"))).GetProperty("extensions");

    [Fact]
    public void Routes_have_no_prefix() =>
        Assert.Equal("", Extensions.GetProperty("http").GetProperty("routePrefix").GetString());

    /// <summary>The library writes plain text; the host would take it for base64.</summary>
    [Fact]
    public void Messages_are_plain_text() =>
        Assert.Equal("none", Extensions.GetProperty("queues").GetProperty("messageEncoding").GetString());

    [Fact]
    public void A_step_is_tried_five_times() =>
        Assert.Equal(5, Extensions.GetProperty("queues").GetProperty("maxDequeueCount").GetInt32());
}
