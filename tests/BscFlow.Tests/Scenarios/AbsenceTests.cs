using System.Net;
using System.Net.Http.Json;
using BscFlow.GraphEmulator;

namespace BscFlow.Tests.Scenarios;

/// <summary>What it changes that a member says ahead to be away, each test on a committee that begins anew.</summary>
public sealed class AbsenceTests : IAsyncLifetime
{
    /// <summary>Nine days before the meeting of 8 January 2026, whose chair is Amara's turn.</summary>
    private static readonly DateTimeOffset Begin = new(2025, 12, 30, 9, 0, 0, TimeSpan.Zero);

    private CommitteeRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await CommitteeRun.StartAsync(Begin, mailKept: null, Cancel);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task The_chair_passes_over_who_said_to_be_away_and_everyone_reads_who_will_be_missing()
    {
        using var announced = await PutAsync("amara/2026-01-05", new { until = "2026-01-09", note = "Conference" });
        Assert.Equal(HttpStatusCode.OK, announced.StatusCode);
        await PutAsync("mateusz/2026-01-08", new { });
        await _run.AdvanceAsync("P3D", Cancel);

        Assert.Equal("ines", (await _run.MeetingsAsync(Cancel)).Single().Chair);
        Assert.Contains("- **Chair:** Inês Carvalho", await DraftAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "Away that day: Amara Okafor, Mateusz Kowalczyk. Everyone else is needed for a quorum.",
            Agenda("priya@saltmarsh.example"),
            StringComparison.Ordinal);

        Answer("priya@saltmarsh.example", MeetingAnswer.Accept);
        Answer("mateusz@kowalczyk.example", MeetingAnswer.Accept);
        await _run.AdvanceAsync("P6D", Cancel);

        var reminder = _run.Graph.Messages("priya@saltmarsh.example")
            .Single(mail => mail.Text.Contains("reminder", StringComparison.Ordinal)).Text;
        Assert.Contains("2 of 5 coming, quorum is 3", reminder, StringComparison.Ordinal);
        Assert.Contains("Coming: Mateusz Kowalczyk, Priya Raghunathan", reminder, StringComparison.Ordinal);
        Assert.Contains("Not coming: Amara Okafor", reminder, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chair_of_a_drafted_meeting_is_handed_over_and_comes_back_in_no_other_way_than_by_hand()
    {
        await _run.AdvanceAsync("P3D", Cancel);
        Assert.Equal("amara", (await _run.MeetingsAsync(Cancel)).Single().Chair);

        using var announced = await PutAsync("amara/2026-01-08", new { });
        Assert.Contains(
            "\"chairs\":[{\"meeting\":\"0001\",\"chair\":\"ines\"}]", await TextAsync(announced), StringComparison.Ordinal);
        Assert.Equal("ines", (await _run.MeetingsAsync(Cancel)).Single().Chair);
        Assert.Contains("- **Chair:** Inês Carvalho\n", await DraftAsync(), StringComparison.Ordinal);
        using var reader = new HttpClient { BaseAddress = _run.Process.Addresses.Site };
        Assert.Contains(
            "In&#xEA;s Carvalho", await reader.GetStringAsync("/tidewater/meetings/0001.html", Cancel), StringComparison.Ordinal);

        Assert.Equal("You are now in the chair of meeting #1", await ChairMailAsync("ines.carvalho@tidewater.example"));
        Assert.Equal("You are no longer in the chair of meeting #1", await ChairMailAsync("amara@okafor.example"));

        using var withdrawn = await _run.SendAsync(HttpMethod.Delete, "absences/amara/2026-01-08", null, null, Cancel);
        using var again = await _run.SendAsync(HttpMethod.Delete, "absences/amara/2026-01-08", null, null, Cancel);
        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NotFound], new[] { withdrawn, again }.Select(answer => answer.StatusCode));
        Assert.Equal("ines", (await _run.MeetingsAsync(Cancel)).Single().Chair);
        using var left = await _run.SendAsync(HttpMethod.Get, "absences", null, null, Cancel);
        Assert.Equal("[]", await TextAsync(left));
    }

    [Theory]
    [InlineData("nobody/2026-01-08", "2026-01-09", "member")]
    [InlineData("amara/soon", "2026-01-09", "from")]
    [InlineData("amara/2026-01-08", "later", "until")]
    [InlineData("amara/2026-01-08", "2026-01-07", "until")]
    [InlineData("amara/2026-01-08", "2028-01-08", "until")]
    [InlineData("amara/2025-11-01", "2025-11-30", "until")]
    public async Task An_absence_that_cannot_be_names_the_field(string path, string until, string field)
    {
        using var refused = await PutAsync(path, new { until });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains($"\"errors\":{{\"{field}\"", await TextAsync(refused), StringComparison.Ordinal);
        using var list = await _run.SendAsync(HttpMethod.Get, "absences", null, null, Cancel);
        Assert.Equal("[]", await TextAsync(list));
    }

    private async Task<HttpResponseMessage> PutAsync(string path, object body)
    {
        using var content = JsonContent.Create(body);
        return await _run.SendAsync(HttpMethod.Put, $"absences/{path}", content, null, Cancel);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);

    private async Task<string> DraftAsync()
    {
        using var answer = await _run.SendAsync(HttpMethod.Get, "meetings/1/minutes", null, null, Cancel);
        return await TextAsync(answer);
    }

    /// <summary>
    /// How the first mail begins that says who is in the chair; it is sent by the clock's look at the change, no hour later.
    /// </summary>
    private async Task<string> ChairMailAsync(string address)
    {
        while (true)
        {
            if (_run.Graph
                .Messages(address)
                .FirstOrDefault(mail => mail.Text.Contains("in the chair of", StringComparison.Ordinal)) is { } found)
            {
                var text = found.Text.ReplaceLineEndings(" ");
                var start = text.IndexOf("You are", StringComparison.Ordinal);
                return text[start..text.IndexOf(" of the", start, StringComparison.Ordinal)];
            }

            await Task.Delay(50, Cancel);
        }
    }

    private string Agenda(string address) =>
        _run.Graph.Messages(address).First(mail => mail.Meeting is null).Text.ReplaceLineEndings(" ");

    private void Answer(string address, MeetingAnswer answer) => _run.Graph.As(address)
        .Answer(_run.Graph.Messages(address).First(mail => mail.Meeting == "meetingRequest").Id, answer);
}
