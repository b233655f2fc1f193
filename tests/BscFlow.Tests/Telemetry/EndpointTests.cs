using BscFlow.Telemetry;

namespace BscFlow.Tests.Telemetry;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("http://collector:4318", "http://collector:4318/v1/traces")]
    [InlineData("http://collector:4318/", "http://collector:4318/v1/traces")]
    [InlineData("https://host.example/otlp", "https://host.example/otlp/v1/traces")]
    [InlineData("https://host.example/otlp/", "https://host.example/otlp/v1/traces")]
    public void A_signal_goes_below_the_path_that_the_endpoint_has(string endpoint, string address) =>
        Assert.Equal(new Uri(address), TelemetryServices.Below(new Uri(endpoint), "v1/traces"));
}
