using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BscFlow.Tests.Local.Commands;

namespace BscFlow.Tests.Local.Running;

/// <summary>What keeps a run from starting: one line that says what and where, and nothing half done.</summary>
public sealed class RefusedRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder.Path, "data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Storage_that_is_down()
    {
        // Nothing listens on port 1.
        const string Down = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=c2VjcmV0;"
            + "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;"
            + "QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;"
            + "TableEndpoint=http://127.0.0.1:1/devstoreaccount1;";

        var typed = await RunAsync("--storage", Down);

        Assert.Equal(2, typed.ExitCode);
        Assert.Equal(
            $"bscflow: storage does not answer (Connection refused (127.0.0.1:1)); start it, or give another one with --storage{Environment.NewLine}",
            typed.Error);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("a=b")]
    public async Task A_connection_string_that_is_none(string text)
    {
        var typed = await RunAsync("--storage", text);

        Assert.Equal(2, typed.ExitCode);
        Assert.StartsWith("bscflow: --storage: is not a connection string", typed.Error, StringComparison.Ordinal);
        Assert.Single(typed.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_data_folder_that_holds_something_else()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "letter.txt"), "dear", Cancellation);

        var typed = await Typed.RunAsync("run", "--port", "0", "--data", _folder.Path, "--fresh");

        Assert.Equal(
            new Typed(
                2,
                "",
                $"bscflow: {_folder.Path}: is not a data folder of bscflow, and it is not empty; give another one with --data{Environment.NewLine}"),
            typed);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "letter.txt")));
    }

    [Fact]
    public async Task A_moment_that_is_none() =>
        Assert.Equal(
            new Typed(
                2, "", $"bscflow: --now tomorrow: give a moment such as 2025-10-01 or 2025-10-01T09:00{Environment.NewLine}"),
            await RunAsync("--now", "tomorrow", "--storage", "a=b"));

    [Theory]
    [InlineData("--now", "tomorrow")]
    [InlineData("--storage", "nonsense")]
    [InlineData("--graph", "graph.example")]
    [InlineData("--port", null)]
    public async Task Wrong_use_empties_no_folder(string option, string? value)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "bscflow.lock"), "", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(Data, "desk-key"), "kept", Cancellation);

        var typed = await Typed.RunAsync(
            "run",
            "--data",
            Data,
            "--fresh",
            option,
            value ?? ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture));

        Assert.Equal(2, typed.ExitCode);
        Assert.True(File.Exists(Path.Combine(Data, "desk-key")));
    }

    [Fact]
    public async Task A_charter_that_is_not_there()
    {
        var charter = Path.Combine(_folder.Path, "charter.json");

        Assert.Equal(
            new Typed(2, "", $"bscflow: {charter}: there is no such file{Environment.NewLine}"),
            await RunAsync("--charter", charter));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task An_archive_with_two_meetings_of_one_number()
    {
        var minutes = Path.Combine(_folder.Path, "2026.md");
        await File.WriteAllTextAsync(minutes, "## Meeting #1 - 2026-01-08\n\n## Meeting #1 - 2026-02-12\n", Cancellation);

        Assert.Equal(
            new Typed(
                2, "", $"bscflow: {minutes}:3: There are two meetings #1; the other is at {minutes}:1.{Environment.NewLine}"),
            await RunAsync("--archive", minutes));
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# Notes\n\nNothing yet\n")]
    public async Task An_archive_without_a_meeting(string text)
    {
        var minutes = Path.Combine(_folder.Path, "2026.md");
        await File.WriteAllTextAsync(minutes, text, Cancellation);

        Assert.Equal(
            new Typed(2, "", $"bscflow: {minutes}: there are no minutes of any meeting in it{Environment.NewLine}"),
            await RunAsync("--archive", minutes));
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public async Task Two_charters_of_one_committee()
    {
        var charter = Path.Combine(AppContext.BaseDirectory, "Samples", "default", "charter.json");

        Assert.Equal(
            new Typed(2, "", $"bscflow: {charter}: id tidewater is taken by {charter}{Environment.NewLine}"),
            await RunAsync("--charter", charter, "--charter", charter));
    }

    [Theory]
    [InlineData("graph.example", "--graph graph.example: give an address with https, or with http on this machine")]
    [InlineData("http://graph.example", "--graph http://graph.example/: give an address with https, or with http on this machine")]
    [InlineData(
        "https://graph.example/v1.0",
        "--graph-token: is for a Graph on this machine; another one is opened by the environment's credential")]
    public async Task A_graph_that_would_get_a_secret_in_plain_sight(string graph, string line) =>
        Assert.Equal(
            new Typed(2, "", $"bscflow: {line}{Environment.NewLine}"),
            await RunAsync("--storage", "UseDevelopmentStorage=true", "--graph", graph, "--graph-token", "t"));

    [Fact]
    public async Task Storage_that_holds_the_committee_of_an_earlier_run()
    {
        var samples = Path.Combine(AppContext.BaseDirectory, "Samples");
        await Typed.RunAsync("import", Path.Combine(samples, "default"), "--data", Data);

        Assert.Equal(
            new Typed(
                2,
                "",
                "bscflow: storage holds the committee tidewater too; give its charter as well, start anew with --fresh, or elsewhere with --data"
                + Environment.NewLine),
            await RunAsync("--charter", Path.Combine(samples, "bsc", "charter.json")));
    }

    private Task<Typed> RunAsync(params string[] arguments) =>
        Typed.RunAsync(["run", "--port", "0", "--data", Data, .. arguments]);
}
