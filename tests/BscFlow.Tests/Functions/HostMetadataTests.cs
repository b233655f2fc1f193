using System.Text.Json;

namespace BscFlow.Tests.Functions;

/// <summary>What the Functions host is told of the functions, as the worker's own compiler says it.</summary>
public sealed class HostMetadataTests
{
    [Fact]
    public void The_host_is_told_of_each_function_and_of_what_starts_it() => Assert.Equal(
        [
            "Api httpTrigger Function api/{*path}",
            "Clock timerTrigger %BSCFLOW_CLOCK%",
            "Desk httpTrigger Anonymous desk/{*path}",
            "GraphLifecycle httpTrigger Anonymous post notifications/graph/lifecycle",
            "GraphNotifications httpTrigger Anonymous post notifications/graph",
            "Mail queueTrigger mail",
            "MailFailed queueTrigger mail-poison",
            "Site httpTrigger Anonymous {*path}",
            "Step queueTrigger steps",
            "StepFailed queueTrigger steps-poison",
        ],
        Told().Select(function => $"{function.GetProperty("name")} {Words(Binding(function))}").Order());

    /// <summary>A binding without a connection of its own takes the host's, which needs no key.</summary>
    [Fact]
    public void No_function_has_a_connection_of_its_own() => Assert.All(
        Told(), function => Assert.False(Binding(function).TryGetProperty("connection", out _)));

    [Fact]
    public void The_settings_of_the_host_lie_beside_it() =>
        Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Metadata().FullName)!, "host.json")));

    private static JsonElement Binding(JsonElement function) => Assert.Single(function.GetProperty("bindings").EnumerateArray());

    private static string Words(JsonElement binding)
    {
        string[] parts = ["type", "authLevel", "methods", "route", "queueName", "schedule"];
        return string.Join(
            ' ', parts.Where(part => binding.TryGetProperty(part, out _)).Select(part => Word(binding.GetProperty(part))));
    }

    private static string Word(JsonElement value) =>
        value.ValueKind is JsonValueKind.Array ? string.Join(',', value.EnumerateArray()) : value.ToString();

    private static List<JsonElement> Told() => [.. JsonElement.Parse(File.ReadAllText(Metadata().FullName)).EnumerateArray()];

    private static FileInfo Metadata()
    {
        var project = new DirectoryInfo(Repository.PathOf("src/BscFlow.Functions"));
        var built = new DirectoryInfo(Path.Combine(project.FullName, "bin", "Debug"));
        var told = built.Exists
            ? built.EnumerateFiles("functions.metadata", SearchOption.AllDirectories).MaxBy(file => file.LastWriteTimeUtc)
            : null;
        Assert.SkipUnless(
            told is not null && project.EnumerateFiles("*.cs").All(source => source.LastWriteTimeUtc <= told.LastWriteTimeUtc),
            "src/BscFlow.Functions is not built or older than its source: run dotnet build src/BscFlow.Functions.");
        return told;
    }
}
