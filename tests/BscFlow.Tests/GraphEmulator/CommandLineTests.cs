using System.Diagnostics;
using BscFlow.GraphEmulator;

namespace BscFlow.Tests.GraphEmulator;

public sealed class CommandLineTests
{
    [Fact]
    public void Options_are_read()
    {
        var options = CommandLine.Read(
        [
            "--port", "0", "--mailbox", "joe@example.org=Joe Doe", "--mailbox", "bsc@committee.example",
            "--app-access", "bsc@committee.example", "--tenant", "committee.example",
            "--data", "somewhere", "--now", "2026-01-05T09:00Z",
        ]);
        Assert.Equal(
            [new("joe@example.org", "Joe Doe"), new("bsc@committee.example", "bsc@committee.example")], options.Mailboxes);
        Assert.Equal(["bsc@committee.example"], options.AppAccess!);
        Assert.Equal(["committee.example"], options.TenantDomains);
        Assert.Equal(0, options.Port);
        Assert.Equal("somewhere", options.DataFolder);
        Assert.InRange(
            options.Clock.GetUtcNow(), new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Without_a_limit_the_app_opens_every_mailbox() =>
        Assert.Null(CommandLine.Read(["--mailbox", "a@b.example"]).AppAccess);

    [Theory]
    [InlineData("At least one --mailbox is needed.")]
    [InlineData("--port 99999: not a port.", "--port", "99999")]
    [InlineData("--now soon: not a time.", "--now", "soon")]
    [InlineData("--colour: unknown option.", "--colour", "red")]
    [InlineData("--port: a value is missing.", "--port")]
    [InlineData("--mailbox joe: not an address.", "--mailbox", "joe")]
    [InlineData("--mailbox A@b.example: given twice.", "--mailbox", "a@b.example", "--mailbox", "A@b.example")]
    public void What_is_wrong_is_said_in_one_line(string message, params string[] args) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => CommandLine.Read(args)).Message);

    [Fact]
    public async Task An_emulator_alone_says_where_it_is_and_ends_when_told_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send to a process on Windows.");
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(GraphEmulatorHost).Assembly.Location, "--port", "0", "--mailbox", "a@b.example"])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.Matches(
            @"^Graph at http://127\.0\.0\.1:\d+/v1\.0, every inbox at http://127\.0\.0\.1:\d+/mailboxes\. Ctrl\+C ends it\.$",
            said);
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        await using var run = await EmulatorRun.StartAsync();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [typeof(GraphEmulatorHost).Assembly.Location, "--port", $"{run.Host.Address.Port}", "--mailbox", "a@b.example"])
        {
            RedirectStandardError = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains($"{run.Host.Address.Port}", Assert.Single(said.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
