using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BscFlow.Committee;
using BscFlow.Links;

namespace BscFlow.Publishing;

/// <summary>A year of the search index.</summary>
/// <param name="Words">The first word of each part of its words.</param>
public sealed record SearchSegment(IReadOnlyList<string> Words);

/// <summary>Search without a server: an inverted index in parts, of which a reader's script loads those that a question needs.</summary>
/// <remarks>
/// Parts are scripts that call <c>bscflow(name, data)</c>, because a page that was opened from a disk may load scripts and not data.
/// Each year has parts of its own, so that those of a year in which nothing changed stay as they are. Documents are numbered from
/// the oldest on. <c>search.js</c> folds words as <see cref="Fold"/> does.
/// </remarks>
internal sealed class SearchIndex
{
    /// <summary>Documents in a part.</summary>
    private const int DocumentsAPart = 40;

    /// <summary>Bytes after which a part of the words ends at the next pair of first letters.</summary>
    private const int WordsAPart = 24_000;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _name;
    private readonly List<SearchDocument> _documents = [];

    /// <summary>The index of a year that is not settled: its meetings, and the motions that opened in it.</summary>
    public SearchIndex(SiteDescription all, int year)
    {
        _name = year.ToString(CultureInfo.InvariantCulture);
        foreach (var meeting in all.Map.Read(year).Reverse())
        {
            Add(all, meeting);
        }

        _documents.AddRange(
            from shown in all.Map.Archive.Motions
            let motion = shown.Motion
            where motion.Opened.Year == year
            orderby motion.Opened, motion.Id
            let day = all.Map.Charter.DayOf(motion.Opened)
            select new SearchDocument(SitePath.Motion(motion.Id), "Motion", motion.Title, day, $"{motion.Title}. {NotesText.Of(motion.Text)}"));
    }

    /// <summary>The parts of the year.</summary>
    public (SearchSegment Segment, IReadOnlyList<(string Path, byte[] Content)> Files) Write()
    {
        List<(string, byte[])> files = [];
        foreach (var (i, part) in _documents.Chunk(DocumentsAPart).Index())
        {
            files.Add(File($"{_name}/documents-{i}", writer => WriteDocuments(writer, part)));
        }

        List<string> starts = [];
        foreach (var part in Parts(Words()))
        {
            files.Add(File($"{_name}/words-{starts.Count}", writer => WriteWords(writer, part)));
            starts.Add(part[0].Key);
        }

        return (new SearchSegment(starts), files);
    }

    /// <summary>The table of contents, <c>search/index.js</c>.</summary>
    /// <param name="years">With what each has, the oldest first.</param>
    public static (string Path, byte[] Content) WriteContents(
        IEnumerable<(int Year, SearchSegment Segment)> years) => File("index", writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("part", DocumentsAPart);
        writer.WriteStartArray("years");
        foreach (var (year, segment) in years)
        {
            writer.WriteStartObject();
            writer.WriteString("name", year.ToString(CultureInfo.InvariantCulture));
            writer.WriteStartArray("words");
            foreach (var start in segment.Words)
            {
                writer.WriteStringValue(start);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    /// <summary>A word as it is looked up: without marks on its letters, in lower case.</summary>
    internal static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark))
            {
                folded.Append(Rune.ToLowerInvariant(rune));
            }
        }

        return folded.ToString();
    }

    private void Add(SiteDescription all, MinutedMeeting source)
    {
        var meeting = all.Meeting(source);
        _documents.Add(new SearchDocument(meeting.Path, "Minutes", meeting.Name, meeting.Date, NotesText.Of(source)));
        foreach (var decision in meeting.Decisions)
        {
            var kind = decision.IsUnsettled ? "Agreed without quorum" : "Decision";
            _documents.Add(new SearchDocument($"{meeting.Path}#{decision.Anchor}", kind, meeting.Name, meeting.Date, decision.Text));
        }

        foreach (var action in meeting.Actions.Where(action => action.Anchor is not null).DistinctBy(action => action.Anchor))
        {
            var text = action.Owners.Count > 0 ? $"{string.Join(", ", action.Owners)}: {action.Text}" : action.Text;
            _documents.Add(new SearchDocument($"{meeting.Path}#{action.Anchor}", "Action item", meeting.Name, meeting.Date, text));
        }
    }

    private SortedDictionary<string, List<int>> Words()
    {
        Dictionary<string, List<int>> words = new(StringComparer.Ordinal);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var (number, document) in _documents.Index())
        {
            var text = Fold(string.Create(
                CultureInfo.InvariantCulture,
                $"{document.Title} {document.Date:yyyy-MM-dd} {document.Date:MMMM} {document.Text}")).AsSpan();
            while (NextWord(ref text, out var word))
            {
                if (!lookup.TryGetValue(word, out var documents))
                {
                    lookup[word] = documents = [];
                }

                if (documents is [] || documents[^1] != number)
                {
                    documents.Add(number);
                }
            }
        }

        return new SortedDictionary<string, List<int>>(words, StringComparer.Ordinal);
    }

    private static bool NextWord(ref ReadOnlySpan<char> text, out ReadOnlySpan<char> word)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        word = text[start..end];
        text = text[end..];
        return !word.IsEmpty;
    }

    private static IEnumerable<List<KeyValuePair<string, List<int>>>> Parts(SortedDictionary<string, List<int>> words)
    {
        List<KeyValuePair<string, List<int>>> part = [];
        var size = 0;
        foreach (var word in words)
        {
            if (size > WordsAPart && !SharesStart(part[^1].Key, word.Key))
            {
                yield return part;
                (part, size) = ([], 0);
            }

            part.Add(word);
            size += word.Key.Length + 5 + word.Value.Count * 4;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }

    private static bool SharesStart(string one, string other) =>
        one.AsSpan(0, Math.Min(2, one.Length)).SequenceEqual(other.AsSpan(0, Math.Min(2, other.Length)));

    private static void WriteDocuments(Utf8JsonWriter writer, IEnumerable<SearchDocument> documents)
    {
        writer.WriteStartArray();
        foreach (var document in documents)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(document.Path);
            writer.WriteStringValue(document.Kind);
            writer.WriteStringValue(document.Title);
            writer.WriteStringValue(document.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            writer.WriteStringValue(document.Text);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>Each document as the distance from the one before.</summary>
    private static void WriteWords(Utf8JsonWriter writer, List<KeyValuePair<string, List<int>>> words)
    {
        writer.WriteStartArray();
        foreach (var (word, documents) in words)
        {
            writer.WriteStringValue(word);
            writer.WriteStartArray();
            var before = 0;
            foreach (var document in documents)
            {
                writer.WriteNumberValue(document - before);
                before = document;
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static (string Path, byte[] Content) File(string name, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        stream.Write(Encoding.UTF8.GetBytes($"bscflow(\"{name}\","));
        using (var writer = new Utf8JsonWriter(stream, Json))
        {
            write(writer);
        }

        stream.Write(");\n"u8);
        return ($"search/{name}.js", stream.ToArray());
    }

    private sealed record SearchDocument(string Path, string Kind, string Title, DateOnly Date, string Text);
}
