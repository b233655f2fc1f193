using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>
/// An emulator in a process of its own that is killed while a client sends: what was answered is kept, nothing is there twice.
/// </summary>
public sealed class KilledProcessTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Mails = 60;
    private const int Kills = 6;
    private readonly TemporaryFolder _data = new();
    private Process? _process;
    private HttpClient _http = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Each_mail_is_in_each_inbox_once_however_often_the_emulator_dies()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"Seed {seed}");
        var random = new Random(seed);
        var killAt = Enumerable.Range(0, Kills).Select(kill => (kill * Mails / Kills) + random.Next(Mails / Kills)).ToHashSet();
        await StartAsync();
        for (var number = 0; number < Mails; number++)
        {
            var death = killAt.Contains(number) ? KillSoonAsync(TimeSpan.FromMilliseconds(random.Next(15))) : Task.CompletedTask;
            while (!await TrySendOnceAsync($"mail|{number:D4}"))
            {
                await death;
                await StartAsync();
            }

            await death;
            if (_process!.HasExited)
            {
                await StartAsync();
            }
        }

        await KillAsync();
        await using var run = await EmulatorRun.StartAsync(options => options with { DataFolder = _data.Path });
        var expected = Enumerable.Range(0, Mails).Select(number => $"mail|{number:D4}");
        Assert.Equal(expected, run.Host.Messages(Joe).Select(message => message.Subject));
        Assert.Equal(expected, run.Host.Messages(Dana).Select(message => message.Subject));
        Assert.Equal(expected, run.Host.Messages(Desk, "sentitems").Select(message => message.Subject));
        Assert.Empty(run.Host.Messages(Desk, "drafts"));
    }

    /// <summary>Looks for the key first, as a client must that does not know how far it came.</summary>
    private async Task<bool> TrySendOnceAsync(string key)
    {
        try
        {
            var found = await _http.GetStringAsync(
                $"users/{Desk}/messages?$select=id,isDraft&$filter={WithKey(key)}", Cancelled);
            var message = JsonNode.Parse(found)!["value"]!.AsArray().SingleOrDefault() ?? await CreateAsync(key);
            if ((bool)message["isDraft"]!)
            {
                using var sent = await _http.PostAsync($"users/{Desk}/messages/{message["id"]}/send", null, Cancelled);
                Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            }

            return true;
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private async Task<JsonNode> CreateAsync(string key)
    {
        var draft = JsonNode.Parse(Draft(key, Joe, Dana))!;
        draft["singleValueExtendedProperties"] = new JsonArray(new JsonObject { ["id"] = Key, ["value"] = key });
        using var body = new StringContent(draft.ToJsonString(), Encoding.UTF8, "application/json");
        using var created = await _http.PostAsync($"users/{Desk}/messages", body, Cancelled);
        return JsonNode.Parse(await created.Content.ReadAsStringAsync(Cancelled))!;
    }

    private async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet",
        [
            typeof(GraphEmulatorHost).Assembly.Location, "--port", "0", "--data", _data.Path,
            "--mailbox", Desk, "--mailbox", Joe, "--mailbox", Dana,
        ])
        {
            RedirectStandardOutput = true,
        })!;
        var said = await _process.StandardOutput.ReadLineAsync(Cancelled);
        _http.Dispose();
        _http = new HttpClient { BaseAddress = new Uri(said!.Split(' ')[2].TrimEnd(',') + "/") };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "app");
    }

    private async Task KillSoonAsync(TimeSpan delay)
    {
        await Task.Delay(delay, Cancelled);
        await KillAsync();
    }

    private async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
