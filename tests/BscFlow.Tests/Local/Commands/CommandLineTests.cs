using System.Diagnostics;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using BscFlow.Local.Azurite;
using BscFlow.Local.Running;

namespace BscFlow.Tests.Local.Commands;

public sealed class CommandLineTests : IDisposable
{
    private const string Minutes = """
        ## Meeting #2 - 2026-02-12

        - **Duration:** 42m
        - **Chair:** Amara Okafor
        - **Participants:**
          - Amara Okafor
          - Inês Carvalho
        - **Notes:**
          - AI Inês: write to the mapping group

        ## Meeting #1 - 2026-01-08

        - **Duration:**
        - **Chair:**
        - **Participants:**
        - **Notes:**

        """;

    private readonly TemporaryFolder _folder = new();

    private static string Sample => Path.Combine(AppContext.BaseDirectory, "Samples", "default");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bscflow: Unrecognized command or argument 'raed'. See bscflow --help.", "raed")]
    [InlineData("bscflow: Unrecognized command or argument '--jsn'. See bscflow --help.", "read", ".", "--jsn")]
    [InlineData("bscflow: PATH: a value is missing. See bscflow --help.", "lint")]
    [InlineData("bscflow: --out: a value is missing. See bscflow --help.", "publish", ".", "--out")]
    [InlineData("bscflow: --port: give a number from 0 to 65535. See bscflow --help.", "run", "--port", "70000")]
    [InlineData("bscflow: --port: give a number from 0 to 65535. See bscflow --help.", "--port", "abc")]
    public async Task Wrong_use_is_one_line_and_exit_code_2(string line, params string[] arguments)
    {
        var typed = await Typed.RunAsync(arguments);

        Assert.Equal(new Typed(2, "", line + Environment.NewLine), typed);
    }

    [Fact]
    public async Task Paths_are_those_of_the_shell_in_which_it_was_started_as_README_starts_it()
    {
        // Built like these tests: their folder is bin/CONFIGURATION/net10.0.
        var configuration =
            Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)))!;
        using var program = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["run", "--project", Repository.PathOf("src/BscFlow.Local"), "--no-build", "-c", configuration, "--", "read", "2026.md"])
        {
            WorkingDirectory = Path.GetDirectoryName(await WriteAsync("2026.md", Minutes)),
            RedirectStandardOutput = true,
        })!;
        var output = await program.StandardOutput.ReadToEndAsync(Cancellation);
        await program.WaitForExitAsync(Cancellation);

        Assert.Equal(0, program.ExitCode);
        Assert.StartsWith("2026.md", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_calls_the_command_by_its_name()
    {
        var typed = await Typed.RunAsync("read", "--help");

        Assert.Contains("  bscflow read <PATH> [options]", typed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_minutes_and_no_mail_is_said_to_be_none()
    {
        var (text, binary) = (await WriteAsync("notes.md", "Nothing of a meeting.\n"), Path.Combine(_folder.Path, "ls"));
        await File.WriteAllBytesAsync(binary, [0x7f, (byte)'E', (byte)'L', (byte)'F', 0, 1], Cancellation);

        Assert.Equal(
            new Typed(0, $"{text}{Environment.NewLine}  no meeting was found{Environment.NewLine}", ""),
            await Typed.RunAsync("read", text));
        Assert.Equal(
            new Typed(2, "", $"bscflow: {binary}: is neither a mail nor the text of one{Environment.NewLine}"),
            await Typed.RunAsync("reply", binary));
        Assert.Equal(
            (1, $"{text}.json: it is no tally.json: see id in line 1{Environment.NewLine}"),
            await Typed.RunAsync("tally", await WriteAsync("notes.md.json", """{"id":"bsc"}""")) is var (exit, output, _) ? (exit, output) : default);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("lint", "--help")]
    public async Task Help_is_no_wrong_use(params string[] arguments)
    {
        var typed = await Typed.RunAsync(arguments);

        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
    }

    [Fact]
    public async Task Read_prints_a_line_a_meeting()
    {
        var typed = await Typed.RunAsync("read", await WriteAsync("2026.md", Minutes));

        Assert.Equal(
            [
                Path.Combine(_folder.Path, "2026.md"),
                "  #2    2026-02-12   42 min   2 present   1 to do   0 decided  chair Amara Okafor",
                "  #1    2026-01-08            0 present   0 to do   0 decided",
            ],
            typed.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Read_prints_all_files_of_a_folder_as_one_array_in_the_order_of_their_names()
    {
        await WriteAsync("2026.md", Minutes);
        await WriteAsync("2025.md", "## Meeting #0 - 2025-12-11\n");

        var typed = await Typed.RunAsync("read", _folder.Path, "--json");

        using var json = JsonDocument.Parse(typed.Output);
        Assert.Equal(
            ["2025.md 0", "2026.md 2", "2026.md 1"],
            json.RootElement.EnumerateArray().Select(
                meeting => $"{meeting.GetProperty("file")} {meeting.GetProperty("number")}"));
    }

    [Fact]
    public async Task Lint_finds_something_in_incomplete_minutes_and_says_where()
    {
        var file = await WriteAsync("2026.md", Minutes);

        var typed = await Typed.RunAsync("lint", file, "--charter", Path.Combine(Sample, "charter.json"));

        Assert.Equal(1, typed.ExitCode);
        Assert.Contains($"{file}:13: missing-duration: ", typed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lint_prints_json()
    {
        var file = await WriteAsync("2026.md", Minutes);

        var typed = await Typed.RunAsync("lint", file, "--charter", Path.Combine(Sample, "charter.json"), "--json");

        using var json = JsonDocument.Parse(typed.Output);
        Assert.Contains(
            "missing-duration", json.RootElement.EnumerateArray().Select(finding => finding.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Lint_without_findings_is_exit_code_0()
    {
        var typed = await Typed.RunAsync(
            "lint", await WriteAsync("2026.md", "No meeting yet.\n"), "--charter", Path.Combine(Sample, "charter.json"));

        Assert.Equal(new Typed(0, "", ""), typed);
    }

    [Fact]
    public async Task Publish_writes_the_pages_and_a_second_time_nothing()
    {
        var first = await Typed.RunAsync("publish", Sample, "--out", _folder.Path);
        var second = await Typed.RunAsync("publish", Sample, "--out", _folder.Path);

        Assert.StartsWith($"{_folder.Path}: ", first.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder.Path, "index.html")));
        Assert.StartsWith($"{_folder.Path}: 0 files written, ", second.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reply.txt", "+1\n\nOn Monday Amara wrote:\n> Shall we?\n")]
    [InlineData("reply.eml", "From: ines@tidewater.example\nSubject: Re: x\n\n+1\n\nOn Monday Amara wrote:\n> Shall we?\n")]
    public async Task Reply_prints_what_the_person_wrote(string name, string mail)
    {
        var typed = await Typed.RunAsync("reply", await WriteAsync(name, mail));

        Assert.Equal(new Typed(0, "+1" + Environment.NewLine, ""), typed);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named()
    {
        var file = Path.Combine(_folder.Path, "none.md");

        Assert.Equal(
            new Typed(2, "", $"bscflow: {file}: there is no such file{Environment.NewLine}"), await Typed.RunAsync("read", file));
    }

    [Fact]
    public async Task A_count_reads_its_ballots_from_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in folders here.");
        var pipe = Path.Combine(_folder.Path, "ballots");
        using (var made = Process.Start("mkfifo", pipe))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        // Whoever opens one end waits for who opens the other.
        using var writer = Process.Start("sh", ["-c", "printf 'tea,coffee\\n1,2\\n1,2\\n' > \"$0\"", pipe]);
        var typed = await Typed.RunAsync("tally", pipe, "--method", "schulze");
        writer.Kill();

        Assert.Equal((0, ""), (typed.ExitCode, typed.Error));
        Assert.Contains("tea", typed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_site_is_not_written_where_a_file_is()
    {
        await WriteAsync("taken", "");
        var taken = Path.Combine(_folder.Path, "taken");

        var typed = await Typed.RunAsync("publish", Sample, "--out", taken);

        Assert.Equal(new Typed(2, "", $"bscflow: --out {taken}: is a file; give a folder{Environment.NewLine}"), typed);
    }

    [Fact]
    public async Task What_no_command_foresaw_is_one_line_too()
    {
        await WriteAsync("taken", "");

        var typed = await Typed.RunAsync("publish", Sample, "--out", Path.Combine(_folder.Path, "taken", "site"));

        Assert.Equal(2, typed.ExitCode);
        Assert.StartsWith("bscflow: ", typed.Error, StringComparison.Ordinal);
        Assert.Single(typed.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Nobody_who_is_signed_in_and_storage_out_of_reach_are_told_as_what_they_are()
    {
        var nobody = new CredentialUnavailableException("Please run 'az login' to set up account\nmore");
        var silent = new AggregateException("Retry failed.", new RequestFailedException("Name or service not known (acct)"));

        Assert.Equal(
            "nobody is signed in who may use storage (Please run 'az login' to set up account); run az login first",
            RunStorage.Refusal(nobody)!.Message);
        Assert.StartsWith(
            "storage does not answer (Name or service not known (acct))",
            RunStorage.Refusal(silent)!.Message,
            StringComparison.Ordinal);
        Assert.Null(RunStorage.Refusal(new IOException("disk full")));
    }

    [Theory]
    [InlineData("AuthorizationPermissionMismatch", "Storage Table Data Reader and Storage Blob Data Reader")]
    [InlineData("AuthorizationFailure", "Storage Table Data Contributor and Storage Blob Data Contributor")]
    [InlineData("AuthenticationFailed", "check the connection string of --storage")]
    public void Who_may_not_read_an_account_is_told_which_roles_it_takes(string code, string told)
    {
        var message = RunStorage.Refusal(new RequestFailedException(403, "refused", code, null))!.Message;

        Assert.StartsWith($"storage refuses (403 {code})", message, StringComparison.Ordinal);
        Assert.Contains(told, message, StringComparison.Ordinal);
    }

    /// <remarks>In a folder of its own, for the data folder is by default in the one where it is called.</remarks>
    [Theory]
    [InlineData("verify")]
    [InlineData("export out")]
    public async Task A_command_that_reads_makes_nothing_where_there_is_nothing(string command)
    {
        var data = Path.Combine(_folder.Path, "none");
        string[] typed =
            [.. command.Replace("out", Path.Combine(_folder.Path, "out"), StringComparison.Ordinal).Split(' '), "--data", data];

        var refused = await Typed.RunAsync(typed);

        Assert.Equal(
            new Typed(2, "", $"bscflow: {data}: there is no data of a run; give its folder with --data{Environment.NewLine}"),
            refused);
        Assert.False(Directory.Exists(data));
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("export out")]
    public async Task A_command_that_reads_makes_nothing_in_the_account_that_is_named(string command)
    {
        await using var azurite = await AzuriteProcess.StartAsync(
            Path.Combine(_folder.Path, "account"), TextWriter.Null, TestContext.Current.CancellationToken);
        var data = Path.Combine(_folder.Path, "none");
        string[] typed =
        [
            .. command.Replace("out", Path.Combine(_folder.Path, "out"), StringComparison.Ordinal).Split(' '),
            "--data", data, "--storage", azurite.ConnectionString,
        ];

        var refused = await Typed.RunAsync(typed);

        Assert.Equal(
            new Typed(
                2,
                "",
                $"bscflow: storage holds nothing of BscFlow (ContainerNotFound); give the account of an app that has run{Environment.NewLine}"),
            refused);
        Assert.False(Directory.Exists(data));
        Assert.Empty(
            new TableServiceClient(azurite.ConnectionString).Query(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(
            new BlobServiceClient(azurite.ConnectionString).GetBlobContainers(
                cancellationToken: TestContext.Current.CancellationToken));
        Assert.Empty(
            new QueueServiceClient(azurite.ConnectionString).GetQueues(cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_not_text_is_named_with_the_line()
    {
        var file = Path.Combine(_folder.Path, "2026.md");
        await File.WriteAllBytesAsync(file, [.. "## Meeting\n"u8, 0xff, 0xfe], Cancellation);

        Assert.Equal(
            new Typed(2, "", $"bscflow: {file}:2: is not text in UTF-8{Environment.NewLine}"),
            await Typed.RunAsync("read", file));
    }

    [Fact]
    public async Task A_folder_without_minutes_is_named() =>
        Assert.Equal(
            new Typed(2, "", $"bscflow: {_folder.Path}: there is no file *.md in this folder{Environment.NewLine}"),
            await Typed.RunAsync("read", _folder.Path));

    [Fact]
    public async Task Minutes_without_a_charter_beside_them_ask_for_one()
    {
        var file = await WriteAsync("2026.md", Minutes);

        Assert.Equal(
            new Typed(
                2,
                "",
                $"bscflow: {file}: there is no charter.json beside it; give the committee's with --charter{Environment.NewLine}"),
            await Typed.RunAsync("lint", file));
    }

    [Theory]
    [InlineData("Europe/Lisbon", "Europe/Atlantis", "timeZone")]
    [InlineData("FREQ=MONTHLY;BYDAY=2TH", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "meetings.rule")]
    [InlineData("\"addresses\": [\"mateusz@kowalczyk.example\"],", "", "members[2].addresses")]
    [InlineData("mateusz@kowalczyk.example", "priya@saltmarsh.example", "members[3].addresses[0]")]
    public async Task A_charter_that_cannot_be_used_is_named_with_the_field(string right, string wrong, string field)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Sample, "charter.json"), Cancellation);
        var charter = await WriteAsync("charter.json", json.Replace(right, wrong, StringComparison.Ordinal));

        var typed = await Typed.RunAsync("lint", Sample, "--charter", charter);

        Assert.Equal(2, typed.ExitCode);
        Assert.StartsWith($"bscflow: {charter}: {field} ", typed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_meetings_of_one_number_are_named_with_both_places()
    {
        var file = await WriteAsync("2026.md", Minutes.Replace("#1 ", "#2 ", StringComparison.Ordinal));

        var typed = await Typed.RunAsync(
            "publish", file, "--charter", Path.Combine(Sample, "charter.json"), "--out", Path.Combine(_folder.Path, "site"));

        Assert.Equal(
            new Typed(2, "", $"bscflow: {file}:11: There are two meetings #2; the other is at {file}:1.{Environment.NewLine}"),
            typed);
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "site")));
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
