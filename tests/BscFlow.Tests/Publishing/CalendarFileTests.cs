using System.Text;
using BscFlow.Meetings;
using BscFlow.Publishing;
using Ical.Net;
using Ical.Net.CalendarComponents;

namespace BscFlow.Tests.Publishing;

public sealed class CalendarFileTests
{
    private static readonly Meeting Planned = SampleSite.Archive.Meetings[0];

    [Fact]
    public void Each_date_of_the_coming_year_is_in_it_once()
    {
        var events = Read(Write(SampleSite.Archive, null));

        Assert.InRange(events.Count, 12, 13);
        Assert.Equal(events.Count, events.Select(meeting => meeting.Uid).Distinct().Count());
        Assert.All(events, meeting => Assert.Equal(0, meeting.Sequence));
    }

    [Fact]
    public void Published_again_unchanged_it_stays_byte_for_byte()
    {
        var first = Write(SampleSite.Archive, null);

        Assert.Equal(first, Write(SampleSite.Archive with { Now = SampleSite.Now.AddMinutes(5) }, first));
    }

    [Fact]
    public void A_date_keeps_its_event_when_it_is_drafted_and_numbered()
    {
        var before = Write(SampleSite.Archive with { Meetings = [] }, null);
        var first = Read(before)[0];

        var after = Read(Write(SampleSite.Archive, before))[0];

        Assert.Equal(first.Uid, after.Uid);
        Assert.Equal(1, after.Sequence);
        Assert.Contains("meeting #34", after.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_meeting_stays_as_cancelled()
    {
        var before = Write(SampleSite.Archive, null);
        var cancelled = Planned with { State = MeetingState.Cancelled, Number = null, Reason = "storm" };

        var after = Read(Write(SampleSite.Archive with { Meetings = [cancelled] }, before))[0];

        Assert.Equal(EventStatus.Cancelled, after.Status);
        Assert.Equal(1, after.Sequence);
        Assert.Equal(Read(before)[0].Uid, after.Uid);
    }

    [Fact]
    public void A_meeting_that_was_announced_and_is_gone_is_cancelled_once()
    {
        var special = Planned with { Number = 35, Start = Planned.Start.AddDays(5), Special = true };
        var before = Write(SampleSite.Archive with { Meetings = [Planned, special] }, null);

        var once = Write(SampleSite.Archive, before);
        var twice = Write(SampleSite.Archive, once);

        var gone = Read(once).Single(meeting => meeting.DtStart!.AsUtc == special.Start.UtcDateTime);
        Assert.Equal((EventStatus.Cancelled, 1), (gone.Status, gone.Sequence));
        Assert.Equal(once, twice);
    }

    [Fact]
    public void Lines_are_folded_and_end_as_the_standard_says()
    {
        var lines = Encoding.UTF8.GetString(Write(SampleSite.Archive, null)).Split("\r\n");

        Assert.All(lines, line => Assert.True(Encoding.UTF8.GetByteCount(line) <= 75 && !line.Contains('\n'), line));
    }

    private static byte[] Write(Archive archive, byte[]? before) => CalendarFile.Write(new SiteMap(archive), before);

    private static List<CalendarEvent> Read(byte[] file) => [.. Calendar.Load(Encoding.UTF8.GetString(file))!.Events];
}
