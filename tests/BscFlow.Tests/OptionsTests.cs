using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BscFlow.Tests;

/// <summary>
/// A deployment that is set up wrongly is told so when it starts, about everything at once, in the names of its settings.
/// </summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task A_start_without_settings_names_every_one_that_is_missing()
    {
        var failures = await FailuresAsync([]);

        Assert.Equal(
            ["BscFlow__DeskKey", "BscFlow__SiteAddress", "BscFlow__Storage"],
            failures.Select(failure => failure.Split(':')[0]).Order());
    }

    [Fact]
    public async Task A_wrong_setting_is_named_and_what_stands_in_it_is_not()
    {
        var failures = await FailuresAsync(new()
        {
            ["BscFlow:Storage"] = "UseDevelopmentStorage=true",
            ["BscFlow:SiteAddress"] = "/relative",
            ["BscFlow:DeskKey"] = "too-short",
            ["BscFlow:Graph:Address"] = "http://graph.example/v1.0",
            ["BscFlow:Graph:Credential"] = "FixedToken",
        });

        Assert.Equal(
            ["BscFlow__DeskKey", "BscFlow__Graph__Address", "BscFlow__Graph__Token", "BscFlow__SiteAddress"],
            failures.Select(failure => failure.Split(':')[0]).Order());
        Assert.All(failures, failure => Assert.DoesNotContain("too-short", failure, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_and_names_are_read_from_settings_of_their_own()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BscFlow:Graph:TenantDomains:0"] = "one.example",
            ["BscFlow:Graph:TenantDomains:1"] = "other.example",
            ["BscFlow:ApiKeys:bot"] = "acme:key",
            ["BscFlow:GitHub:acme:Repository"] = "acme/minutes",
        }).Build();
        using var services = new ServiceCollection().AddBscFlow(settings).BuildServiceProvider();

        var read = new BscFlowOptions();
        foreach (var configure in services.GetServices<IConfigureOptions<BscFlowOptions>>())
        {
            configure.Configure(read);
        }

        Assert.Equal(["one.example", "other.example"], read.Graph.TenantDomains);
        Assert.Equal("acme:key", read.ApiKeys["bot"]);
        Assert.Equal("acme/minutes", read.GitHub["acme"].Repository);
    }

    private static async Task<IEnumerable<string>> FailuresAsync(Dictionary<string, string?> settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddBscFlow(builder.Configuration);
        using var host = builder.Build();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));
        return refused.Failures;
    }
}
