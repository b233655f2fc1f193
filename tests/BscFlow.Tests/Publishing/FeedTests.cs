using System.Text;
using System.Xml.Linq;
using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

public sealed class FeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Fact]
    public void A_feed_has_what_the_standard_asks_for()
    {
        var feed = Parse(Write(SampleSite.Archive, null));

        Assert.Single(feed.Elements(Atom + "id"));
        Assert.Single(feed.Elements(Atom + "title"));
        Assert.Single(feed.Elements(Atom + "updated"));
        Assert.Single(feed.Elements(Atom + "author"));
        Assert.All(feed.Elements(Atom + "entry"), entry =>
        {
            Assert.StartsWith("tag:", entry.Element(Atom + "id")!.Value, StringComparison.Ordinal);
            Assert.NotEmpty(entry.Element(Atom + "title")!.Value);
            Assert.True(DateTimeOffset.TryParse(entry.Element(Atom + "updated")!.Value, out _));
            Assert.NotEmpty(entry.Elements(Atom + "link"));
        });
        var ids = feed.Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void Published_again_unchanged_it_stays_byte_for_byte()
    {
        var first = Write(SampleSite.Archive, null);

        Assert.Equal(first, Write(SampleSite.Archive with { Now = SampleSite.Now.AddDays(3) }, first));
    }

    [Fact]
    public void Only_an_entry_that_changed_is_dated_anew()
    {
        var before = Write(Archive("one"), null);
        var now = SampleSite.Now.AddDays(3);

        var after = Parse(Write(Archive("two") with { Now = now }, before));

        var dates = after.Elements(Atom + "entry").ToDictionary(
            entry => entry.Element(Atom + "id")!.Value.Split('/')[^1], entry => entry.Element(Atom + "updated")!.Value);
        Assert.Equal(new Dictionary<string, string> { ["0002"] = "2026-11-06T09:00:00Z", ["0001"] = "2026-01-08T00:00:00Z" }, dates);
        Assert.Equal("2026-11-06T09:00:00Z", after.Element(Atom + "updated")!.Value);
    }

    [Fact]
    public void What_is_no_feed_is_replaced()
    {
        Assert.Equal(Write(SampleSite.Archive, null), Write(SampleSite.Archive, "<html"u8.ToArray()));
    }

    [Fact]
    public void A_vote_over_options_is_told_by_who_won()
    {
        var feed = Parse(Write(SampleSite.Archive with { Motions = [PublicVotes.Election(secret: false)] }, null));

        var entry = feed.Elements(Atom + "entry").Single(entry => entry.Element(Atom + "title")!.Value.StartsWith("Who chairs", StringComparison.Ordinal));
        Assert.Equal("Ada wins, of 4 ballots.", entry.Element(Atom + "content")!.Value);
    }

    [Fact]
    public void Letters_of_every_kind_stay_and_what_XML_cannot_hold_is_left_out()
    {
        var motion = PublicVotes.Election(secret: false);
        motion = motion with { Motion = motion.Motion with { Title = "Who chairs\uffff 𠮷野" } };

        var archive = Archive("🌊") with { Motions = [motion] };
        var feed = Encoding.UTF8.GetString(Write(archive with { Charter = archive.Charter with { Name = "Tide\uffffwater" } }, null));

        Assert.Contains("Decided: 🌊 of the buoys", feed, StringComparison.Ordinal);
        Assert.Contains("<title>Who chairs 𠮷野: decided</title>", feed, StringComparison.Ordinal);
        Assert.Contains("<name>Tidewater</name>", feed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_feed_without_entries_keeps_its_date()
    {
        var empty = SampleSite.Archive with { Years = [], Actions = [] };
        var first = Write(empty, null);

        Assert.Equal(first, Write(empty with { Now = SampleSite.Now.AddHours(1) }, first));
    }

    private static Archive Archive(string decision) => SampleSite.WithMinutes(
        $"## Meeting #2 - 2026-02-12\n\n- Decision: {decision} of the buoys\n\n## Meeting #1 - 2026-01-08\n\n- Decision: no more buoys\n");

    private static byte[] Write(Archive archive, byte[]? before) => Feed.Write(new SiteDescription(new SiteMap(archive), SiteContent.All), before);

    private static XElement Parse(byte[] feed) => XElement.Parse(Encoding.UTF8.GetString(feed));
}
