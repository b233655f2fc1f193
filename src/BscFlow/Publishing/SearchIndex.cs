using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BscFlow.Committee;

namespace BscFlow.Publishing;

/// <summary>Search without a server: an inverted index in parts, of which a reader's script loads those that a question needs.</summary>
/// <remarks>
/// Parts are scripts that call <c>bscflow(name, data)</c>, because a page that was opened from a disk may load scripts and not data.
/// Documents are numbered from the oldest on, so that a new meeting changes the last part of the documents and the parts of its
/// words. <c>search.js</c> folds words as <see cref="Fold"/> does.
/// </remarks>
internal sealed class SearchIndex
{
    /// <summary>Documents in a part.</summary>
    private const int DocumentsAPart = 40;

    /// <summary>Bytes after which a part of the words ends at the next pair of first letters.</summary>
    private const int WordsAPart = 24_000;

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<SearchDocument> _documents = [];

    public SearchIndex(SiteDescription all)
    {
        var map = all.Map;
        for (var i = map.Meetings.Count - 1; i >= 0; i--)
        {
            Add(all, i);
        }

        _documents.AddRange(map.Archive.Motions
            .OrderBy(motion => motion.Motion.Opened).ThenBy(motion => motion.Motion.Id, StringComparer.Ordinal)
            .Select(motion => motion.Motion)
            .Select(motion => new SearchDocument(
                SitePath.Motion(motion.Id), "Motion", motion.Title, map.Charter.DayOf(motion.Opened), $"{motion.Title}. {motion.Text}")));
    }

    /// <summary>The parts: the file of the table of contents, <c>search/index.js</c>, is the last.</summary>
    public IEnumerable<(string Path, byte[] Content)> Write()
    {
        foreach (var (i, part) in _documents.Chunk(DocumentsAPart).Index())
        {
            yield return File($"documents-{i}", writer => WriteDocuments(writer, part));
        }

        List<string> starts = [];
        foreach (var part in Parts(Words()))
        {
            var name = $"words-{starts.Count}";
            starts.Add(part[0].Key);
            yield return File(name, writer => WriteWords(writer, part));
        }

        yield return File("index", writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("documents", _documents.Count);
            writer.WriteNumber("part", DocumentsAPart);
            writer.WriteStartArray("words");
            starts.ForEach(writer.WriteStringValue);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

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

    private void Add(SiteDescription all, int index)
    {
        var meeting = all.Meeting(index);
        var source = all.Map.Meetings[index];
        _documents.Add(new SearchDocument(meeting.Path, "Minutes", meeting.Name, meeting.Date, NotesText.Of(source)));
        foreach (var decision in meeting.Decisions)
        {
            var kind = meeting.IsUnsettled || decision.IsUnsettled ? "Agreed without quorum" : "Decision";
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
            var text = Fold($"{document.Title} {document.Date:yyyy-MM-dd} {document.Date:MMMM} {document.Text}").AsSpan();
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
