using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Publishing.Data;

namespace BscFlow.Publishing;

/// <summary>The feed of published minutes and decided motions: Atom, RFC 4287.</summary>
/// <remarks>
/// The feed that stands is what it remembers by: an entry that says what it said before keeps its date, and one that changed is
/// dated now. Ids are tag URIs (RFC 4151) of the mailbox's domain and the committee; they outlive any address of the site.
/// </remarks>
internal static class Feed
{
    internal const int MostEntries = 30;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Xhtml = "http://www.w3.org/1999/xhtml";

    public static byte[] Write(SiteDescription all, byte[]? before)
    {
        var (stood, known) = Known(before);
        var archive = all.Map.Archive;
        var now = Moment(archive.Now);
        List<(string Updated, XElement Entry)> entries =
        [
            .. Meetings(all).Concat(Motions(all))
                .OrderByDescending(entry => entry.Date).ThenByDescending(entry => entry.Id, StringComparer.Ordinal)
                .Take(MostEntries)
                .Select(entry => (Updated(entry), Element(entry))),
        ];
        var feed = new XElement(
            Atom + "feed",
            new XAttribute(XNamespace.Xml + "lang", "en"),
            new XElement(Atom + "id", Tag(all.Map.Charter, "")),
            new XElement(Atom + "title", Xml(all.Frame.Name)),
            new XElement(Atom + "subtitle", "Minutes and decisions"),
            Link("self", "application/atom+xml", SitePath.Feed),
            Link("alternate", "text/html", SitePath.Front),
            new XElement(Atom + "author", new XElement(Atom + "name", Xml(all.Frame.Name))),
            new XElement(
                Atom + "updated",
                entries.Select(entry => entry.Updated)
                    .DefaultIfEmpty(known.Count == 0 ? stood ?? now : now)
                    .Max(StringComparer.Ordinal)));
        if (archive.Address is { } address)
        {
            feed.SetAttributeValue(XNamespace.Xml + "base", address.AbsoluteUri);
        }

        foreach (var (updated, entry) in entries)
        {
            entry.Element(Atom + "title")!.AddAfterSelf(new XElement(Atom + "updated", updated));
            feed.Add(entry);
        }

        return Bytes(feed);

        string Updated(FeedEntry entry)
        {
            if (known.TryGetValue(Tag(all.Map.Charter, entry.Id), out var old))
            {
                return old.Said == Says(Element(entry)) ? old.Updated : now;
            }

            return entry.Published is { } published ? Moment(published) : known.Count > 0 ? now : Moment(entry.Date);
        }

        XElement Element(FeedEntry entry) => new(
            Atom + "entry",
            new XElement(Atom + "id", Tag(all.Map.Charter, entry.Id)),
            new XElement(Atom + "title", Xml(entry.Title)),
            Link("alternate", "text/html", entry.Path),
            all.Frame.HasData ? Link("alternate", "application/json", SitePath.Data(entry.Path)) : null,
            new XElement(
                Atom + "content",
                new XAttribute("type", "xhtml"),
                new XElement(Xhtml + "div", entry.Lines.Select(line => new XElement(Xhtml + "p", Xml(line))))));
    }

    private static IEnumerable<FeedEntry> Meetings(SiteDescription all)
    {
        foreach (var minuted in all.Latest(MostEntries))
        {
            var meeting = all.Meeting(minuted);
            yield return new FeedEntry(
                SitePath.Data(meeting.Path).Replace(".json", "", StringComparison.Ordinal),
                meeting.Path,
                string.Create(CultureInfo.InvariantCulture, $"{meeting.Name}, {meeting.Date:d MMMM yyyy}"),
                new DateTimeOffset(meeting.Date, TimeOnly.MinValue, TimeSpan.Zero),
                all.Map.Row(minuted)?.PublishedAt,
                [.. Lines(meeting)]);
        }
    }

    private static IEnumerable<FeedEntry> Motions(SiteDescription all) =>
        from motion in all.Motions().Closed
        let counts = motion.Votes is { } votes
            ? $"{votes.For} for, {votes.Against} against, {votes.Abstained} abstained, {votes.Silent} silent"
            : null
        let result = motion.Result ?? counts
        select new FeedEntry(
            $"motions/{motion.Id}",
            motion.Path,
            $"{motion.Title}: {motion.Outcome}",
            motion.Closed ?? motion.Opened,
            motion.Closed,
            [result is null ? motion.Reason ?? "" : $"{result}."]);

    private static IEnumerable<string> Lines(MeetingData meeting)
    {
        if (meeting.Quorum is { } quorum)
        {
            yield return $"{(quorum.IsReached ? "Quorum" : "No quorum")}, {quorum.Explanation}.";
        }

        foreach (var decision in meeting.Decisions)
        {
            yield return $"{(decision.IsUnsettled ? "Agreed without quorum" : "Decided")}: {decision.Text}";
        }

        foreach (var action in meeting.Actions)
        {
            yield return $"{string.Join(", ", action.Owners.DefaultIfEmpty("Action item"))}: {action.Text}";
        }
    }

    /// <summary>All that a reader has of an entry, but for its date.</summary>
    private static string Says(XElement entry) => string.Join(
        '\n',
        entry.Elements(Atom + "title").Concat(entry.Descendants(Xhtml + "p")).Select(element => element.Value)
            .Concat(entry.Elements(Atom + "link").Select(link => link.Attribute("href")?.Value)));

    /// <summary>When a feed changed; its entries, when they changed, and what they say. Nothing of one that cannot be read.</summary>
    private static (string? Updated, Dictionary<string, (string Updated, string Said)> Entries) Known(byte[]? before)
    {
        Dictionary<string, (string, string)> known = new(StringComparer.Ordinal);
        if (before is null)
        {
            return (null, known);
        }

        try
        {
            using var stream = new MemoryStream(before);
            var feed = XDocument.Load(stream);
            foreach (var entry in feed.Descendants(Atom + "entry"))
            {
                if (entry.Element(Atom + "id")?.Value is { } id && entry.Element(Atom + "updated") is { } updated)
                {
                    known[id] = (updated.Value, Says(entry));
                }
            }

            return (feed.Root?.Element(Atom + "updated")?.Value, known);
        }
        catch (XmlException)
        {
            // Not a feed that we wrote: the new one replaces it, and everything in it is new.
            return (null, known);
        }
    }

    private static XElement Link(string relation, string type, string path) => new(
        Atom + "link", new XAttribute("rel", relation), new XAttribute("type", type), new XAttribute("href", path));

    private static string Tag(Charter charter, string id) =>
        $"tag:{charter.MailboxDomain},2025:{charter.Id}/{id}";

    private static string Moment(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without characters that XML cannot hold.</summary>
    private static string Xml(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Where(IsXml));

    private static bool IsXml(Rune rune) => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value);

    private static byte[] Bytes(XElement feed)
    {
        using var stream = new MemoryStream();
        using (var writer = XmlWriter.Create(stream, new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
        }))
        {
            feed.Save(writer);
        }

        return stream.ToArray();
    }

    private sealed record FeedEntry(
        string Id, string Path, string Title, DateTimeOffset Date, DateTimeOffset? Published, IReadOnlyList<string> Lines);
}
