using System.Net;
using System.Net.Http.Json;
using System.Text;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Web;

namespace BscFlow.Tests.Scenarios;

/// <summary>A committee's year on Azurite and the Graph emulator, while the process is killed again and again.</summary>
public sealed class YearTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int KillsAtLeast = 20;
    private const string Key = "year";

    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2027, 1, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("BSCFLOW_SEED"), out var seed)
        ? seed
        : Random.Shared.Next();

    private CommitteeRun _run = null!;
    private Random _random = null!;
    private int _kills;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Charter Charter => _run.Charter;

    public async ValueTask InitializeAsync()
    {
        _random = new Random(_seed);
        _run = await CommitteeRun.StartAsync(Begin, mailKept: null, Cancel);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task A_year_with_kills_leaves_each_meeting_drafted_once_each_mail_sent_once_and_nothing_lost()
    {
        output.WriteLine($"Seed {_seed}; set BSCFLOW_SEED to run it again.");
        var written = new HashSet<string>();
        var special = false;
        var cancelled = false;
        for (var now = Begin; now < End;)
        {
            now = await MoveOnAsync();
            _run.AnswerInvitations(() => _random.Next(5) == 0 ? MeetingAnswer.Decline : MeetingAnswer.Accept);
            await WriteMinutesAsync(now, written);
            if (!special && now > Begin.AddMonths(4))
            {
                special = await PostAsync("meetings", new { start = now.AddDays(3), reason = "Proposals for the research fund" });
            }

            if (!cancelled && now > Begin.AddMonths(7) && await NextAheadAsync(now) is { } next)
            {
                cancelled = await PostAsync($"meetings/{next}/cancel", new { reason = "Holidays" });
            }
        }

        output.WriteLine($"Killed {_kills} times.");
        Assert.True(_kills >= KillsAtLeast, $"The process was killed {_kills} times only.");
        Assert.True(special);
        Assert.True(cancelled);
        await CheckMeetingsAsync(written);
        CheckMails(await _run.MeetingsAsync(Cancel));
        await CheckAuditAsync();
    }

    /// <summary>Moves to the next thing that happens; often the process dies on the way and has to do it again.</summary>
    private async Task<DateTimeOffset> MoveOnAsync()
    {
        if (_random.NextDouble() < 0.4)
        {
            var move = _run.Process.AdvanceAsync("next", Cancel);
            await Task.Delay(_random.Next(400), Cancel);
            await _run.Process.KillAsync();
            _kills++;
            await ((Task)move).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _run.Process.StartAsync(Cancel);
        }

        return await _run.AdvanceAsync("next", Cancel);
    }

    private async Task WriteMinutesAsync(DateTimeOffset now, HashSet<string> written)
    {
        foreach (var meeting in await _run.MeetingsAsync(Cancel))
        {
            // Some write at once, some only when they are asked.
            if (meeting.State == MeetingState.Ahead && meeting.End < now && _random.Next(3) > 0)
            {
                var path = $"meetings/{meeting.Meeting}/minutes";
                using var draft = await _run.SendAsync(HttpMethod.Get, path, null, null, Cancel);
                var text = await draft.Content.ReadAsStringAsync(Cancel);
                var notes =
                    $"  - Decision: budget {meeting.Meeting} approved\n  - AI(Amara): tell the treasurer about {meeting.Meeting}\n";
                using var content = new StringContent(text.TrimEnd() + "\n" + notes, Encoding.UTF8, "text/markdown");
                using var saved = await _run.SendAsync(HttpMethod.Put, path, content, draft.Headers.ETag, Cancel);
                if (saved.StatusCode is HttpStatusCode.NoContent)
                {
                    written.Add(meeting.Meeting);
                }
            }
        }
    }

    private async Task<string?> NextAheadAsync(DateTimeOffset now) => (await _run.MeetingsAsync(Cancel))
        .FirstOrDefault(meeting => meeting.State == MeetingState.Ahead && meeting.Start > now)?.Meeting;

    private async Task<bool> PostAsync(string path, object body)
    {
        using var content = JsonContent.Create(body);
        using var answer = await _run.SendAsync(HttpMethod.Post, path, content, null, Cancel);
        return answer.IsSuccessStatusCode;
    }

    private async Task CheckMeetingsAsync(HashSet<string> written)
    {
        var meetings = await _run.MeetingsAsync(Cancel);
        var numbered = meetings
            .Where(meeting => meeting.Number is not null)
            .Select(meeting => meeting.Number!.Value)
            .Order()
            .ToList();
        Assert.Equal(Enumerable.Range(1, numbered.Count), numbered);
        Assert.Equal(meetings.Count, meetings.DistinctBy(meeting => meeting.Start).Count());

        // Every occurrence that the year held has its meeting, and nothing else but the special one.
        var occurrences = new MeetingCalendar(Charter)
            .Between(Begin, End)
            .Select(occurrence => occurrence.Start.ToUniversalTime());
        Assert.Equal(
            occurrences.Order(),
            meetings
                .Where(meeting => !meeting.Special && meeting.Start < End)
                .Select(meeting => meeting.Start.ToUniversalTime())
                .Order());
        Assert.Single(meetings, meeting => meeting.Special);
        Assert.Single(meetings, meeting => meeting.State == MeetingState.Cancelled);

        var blobs = new BlobServiceClient(_run.Azurite.ConnectionString);
        var published = (await new MinutesStore(blobs).AllYearsAsync(Charter.Id, Cancel))
            .SelectMany(year => MinutesReader.Read(year.Text).Meetings)
            .ToList();
        var expected = meetings
            .Where(meeting => meeting.State == MeetingState.Published)
            .Select(meeting => meeting.Number)
            .Order();
        Assert.Equal(
            expected, published.Where(minutes => minutes.Status == MeetingStatus.Held).Select(minutes => minutes.Number).Order());
        Assert.Single(published, minutes => minutes.Status == MeetingStatus.Cancelled);
        Assert.All(expected, number => Assert.Contains(Keys.Meeting(number!.Value), written));
        Assert.NotEmpty(expected);
    }

    private void CheckMails(IReadOnlyList<MeetingView> meetings)
    {
        var sent = _run.Graph.Messages(Charter.Mailbox, "sentitems").Where(mail => mail.ExtendedProperties.Count > 0).ToList();
        var keys = sent
            .Select(mail => mail.ExtendedProperties.Single(property => property.Key.EndsWith("Name BscFlowKey", StringComparison.Ordinal)).Value[(Charter.Id.Length + 1)..])
            .ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Empty(_run.Graph.Messages(Charter.Mailbox, "drafts"));

        var readers = Charter.Members
            .Where(member => member.InOffice(DateOnly.FromDateTime(Begin.Date)))
            .Select(member => member.Id);
        foreach (var meeting in meetings.Where(meeting => meeting is { State: MeetingState.Published, Number: not null }))
        {
            foreach (var kind in (string[])["agenda", "circulation"])
            {
                Assert.All(readers, reader => Assert.Contains(
                    Keys.MeetingMail(kind, meeting.Meeting, meeting.Start, reader), keys));
            }
        }

        foreach (var address in Charter.Members.Select(member => member.Addresses[0]))
        {
            var inbox = _run.Graph.Messages(address);
            Assert.Equal(
                sent.Where(mail => mail.To.Contains(address)).Select(mail => mail.InternetMessageId).Order(),
                inbox.Where(mail => mail.Meeting is null).Select(mail => mail.InternetMessageId).Order());
            var invitations = inbox.Where(mail => mail.Meeting == "meetingRequest").Select(mail => mail.Subject).ToList();
            Assert.Equal(invitations.Count, invitations.Distinct().Count());
        }

        output.WriteLine($"{sent.Count} mails about {meetings.Count} meetings, each once.");
    }

    private async Task CheckAuditAsync()
    {
        var audit = new AuditLog(new TableServiceClient(_run.Azurite.ConnectionString), TimeProvider.System);
        Assert.Null(await audit.FindBreakAsync(Charter.Id, _ => { }, Cancel));
        var events = await audit.ReadAsync(Charter.Id, Cancel).ToListAsync(Cancel);
        Assert.Equal(events.Count, events.DistinctBy(entry => (entry.Event, entry.Subject)).Count());
    }
}
