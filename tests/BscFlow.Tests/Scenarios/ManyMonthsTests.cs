using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using BscFlow.GraphEmulator;
using BscFlow.Meetings;

namespace BscFlow.Tests.Scenarios;

/// <summary>A committee goes on for years in one process. <c>BSCFLOW_MONTHS=1000</c> lets more of them go by.</summary>
public sealed class ManyMonthsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Year = 12;
    private const int Megabyte = 1024 * 1024;

    /// <summary>Bytes that a publication takes for one meeting of the archive: for what it remembers and lists of it.</summary>
    private const long ReadAMeeting = 64 * 1024;

    /// <summary>
    /// The process ends where this is not enough, so that to come to the end is to need no more, however many months go by.
    /// </summary>
    private const long HeapLimit = 64 * Megabyte;

    private static readonly DateTimeOffset Begin = new(2026, 1, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly int _months =
        int.TryParse(Environment.GetEnvironmentVariable("BSCFLOW_MONTHS"), CultureInfo.InvariantCulture, out var months)
            ? months
            : 5 * Year;

    private CommitteeRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _run = await CommitteeRun.StartAsync(Begin, mailKept: TimeSpan.FromDays(60), Cancel, heapLimit: HeapLimit);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public async Task Memory_stays_what_it_was_after_the_first_two_years()
    {
        var sizes = new List<(int Months, long Bytes)>();
        var watch = Stopwatch.StartNew();
        var processor = TimeSpan.Zero;
        for (var written = 0; written < _months;)
        {
            await _run.AdvanceAsync("P10D", Cancel);
            _run.AnswerInvitations(() => MeetingAnswer.Accept);
            if (!await WriteMinutesAsync(written + 1) || ++written % Year != 0)
            {
                continue;
            }

            sizes.Add((written, await ProcessMemory.AfterCollectionAsync(_run.Process.Id, Cancel)));
            using var measured = Process.GetProcessById(_run.Process.Id);
            var ran = measured.TotalProcessorTime;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{written} months: {sizes[^1].Bytes / Megabyte} MB; in the last year {watch.Elapsed.TotalSeconds / Year:0.00} s a month, ")
                + string.Create(CultureInfo.InvariantCulture, $"{(ran - processor).TotalSeconds / Year:0.00} s of processor"));
            processor = ran;
            watch.Restart();
        }

        Assert.Equal(
            _months - 1, (await _run.MeetingsAsync(Cancel)).Count(meeting => meeting.State == MeetingState.Published));

        // Two years warm up code, pools and caches. What a publication lists grows with the archive and is garbage then; the heap
        // that was once taken for it stays in the working set, up to the limit.
        var (warm, last) = (sizes[1].Bytes, sizes[^1].Bytes);
        Assert.True(
            last < warm + (16 * Megabyte) + (_months * ReadAMeeting),
            $"{warm / Megabyte} MB after {sizes[1].Months} months and {last / Megabyte} MB after {sizes[^1].Months}.");
    }

    /// <returns>False when the meeting is not drafted yet.</returns>
    private async Task<bool> WriteMinutesAsync(int meeting)
    {
        var path = $"meetings/{meeting}/minutes";
        using var draft = await _run.SendAsync(HttpMethod.Get, path, null, null, Cancel);
        if (draft.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }

        var text = await draft.Content.ReadAsStringAsync(Cancel);
        var done = text.Replace("AI(Amara Okafor): tell", "AI(Amara Okafor): ✅ tell", StringComparison.Ordinal);
        var notes = $"  - Decision: budget {meeting} approved\n  - AI(Amara): tell the treasurer about budget {meeting}\n";
        using var content = new StringContent(done.TrimEnd() + "\n" + notes, Encoding.UTF8, "text/markdown");
        using var saved = await _run.SendAsync(HttpMethod.Put, path, content, draft.Headers.ETag, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, saved.StatusCode);
        return true;
    }
}
