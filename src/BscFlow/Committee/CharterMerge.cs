using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BscFlow.Committee;

/// <summary>What two people made of one charter's file, put together.</summary>
/// <param name="Clashes">Paths of what both have set, each otherwise; what the first of them made stands there.</param>
public sealed record MergedCharter(CharterEdit Charter, IReadOnlyList<string> Clashes);

/// <summary>Makes one person's changes of a charter's file in the file that somebody else has put in force meanwhile.</summary>
/// <remarks>
/// Field by field. Of a list each entry is looked at by itself: members by their id, others by what they say, for two who add
/// something at its end mean two entries, though both stand at the same place.
/// </remarks>
public sealed class CharterMerge
{
    private readonly List<string> _clashes = [];

    private CharterMerge()
    {
    }

    /// <param name="original">What both began with.</param>
    /// <exception cref="JsonException">One of them is no JSON object, or a field stands in it twice.</exception>
    public static MergedCharter Merge(ReadOnlySpan<byte> original, ReadOnlySpan<byte> mine, ReadOnlySpan<byte> theirs)
    {
        var merge = new CharterMerge();
        var merged = merge.Fields("", CharterEdit.Parse(original), CharterEdit.Parse(mine), CharterEdit.Parse(theirs));
        return new MergedCharter(new CharterEdit(merged), merge._clashes);
    }

    private JsonNode? Field(string path, JsonNode? was, JsonNode? mine, JsonNode? theirs)
    {
        if (JsonNode.DeepEquals(mine, was) || JsonNode.DeepEquals(mine, theirs))
        {
            return theirs?.DeepClone();
        }

        if (JsonNode.DeepEquals(theirs, was))
        {
            return mine?.DeepClone();
        }

        switch ((mine, theirs))
        {
            case (JsonObject my, JsonObject their):
                return Fields(path, was as JsonObject ?? [], my, their);
            case (JsonArray my, JsonArray their) when IdsOf(my) is { } myIds && IdsOf(their) is { } theirIds:
                return Members(path, IdsOf(was as JsonArray ?? []) ?? [], myIds, theirIds);
            case (JsonArray my, JsonArray their):
                return Entries(path, was as JsonArray ?? [], my, their);
            default:
                _clashes.Add(path);
                return mine?.DeepClone();
        }
    }

    private JsonObject Fields(string path, JsonObject was, JsonObject mine, JsonObject theirs)
    {
        var merged = new JsonObject();
        foreach (var name in theirs.Concat(mine).Select(field => field.Key).Distinct())
        {
            if (Field(path.Length == 0 ? name : $"{path}.{name}", was[name], mine[name], theirs[name]) is { } value)
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    private JsonArray Members(
        string path, Dictionary<string, JsonObject> was, Dictionary<string, JsonObject> mine, Dictionary<string, JsonObject> theirs)
    {
        var merged = new JsonArray();
        foreach (var id in theirs.Keys.Concat(mine.Keys).Distinct())
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"{path}[{merged.Count}]");
            if (Field(entry, was.GetValueOrDefault(id), mine.GetValueOrDefault(id), theirs.GetValueOrDefault(id)) is { } member)
            {
                merged.Add(member);
            }
        }

        return merged;
    }

    /// <summary>
    /// Of a list that is as long as it was, an entry was changed where it stands; of any other, some went and some came.
    /// </summary>
    private JsonArray Entries(string path, JsonArray was, JsonArray mine, JsonArray theirs)
    {
        List<JsonNode?> merged = [.. theirs];
        List<JsonNode?> came = [];
        for (var i = 0; i < was.Count; i++)
        {
            var now = mine.Count == was.Count ? mine[i] : mine.FirstOrDefault(entry => JsonNode.DeepEquals(entry, was[i]));
            if (JsonNode.DeepEquals(now, was[i]))
            {
                continue;
            }

            var at = IndexOf(theirs, was[i]);
            if (at >= 0)
            {
                merged[at] = now;
            }
            else if (now is not null)
            {
                // The same entry was changed by both; both versions stand in the list.
                _clashes.Add(path);
                came.Add(now);
            }
        }

        if (mine.Count != was.Count)
        {
            came.AddRange(mine.Where(entry => IndexOf(was, entry) < 0));
        }

        merged.AddRange(came.Where(entry => IndexOf(theirs, entry) < 0));
        return [.. merged.OfType<JsonNode>().Select(entry => entry.DeepClone())];
    }

    private static int IndexOf(JsonArray list, JsonNode? entry)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (JsonNode.DeepEquals(list[i], entry))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The entries of a list by their id, in order; null where one has none, or two have the same.</summary>
    private static Dictionary<string, JsonObject>? IdsOf(JsonArray list)
    {
        var entries = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        return list.All(entry => entry is JsonObject fields
            && fields["id"] is JsonValue id && id.GetValueKind() is JsonValueKind.String
            && entries.TryAdd(id.GetValue<string>(), fields))
            ? entries
            : null;
    }
}
