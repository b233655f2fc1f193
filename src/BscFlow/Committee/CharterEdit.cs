using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BscFlow.Committee;

/// <summary>
/// Changes single fields of a charter's file by their path, such as <c>meetings.place</c>; the rest stays as it is.
/// </summary>
/// <remarks>What comes out may be wrong in any way; <see cref="CharterReader"/> says so. Comments of the file are lost.</remarks>
public sealed class CharterEdit
{
    // Names stay readable: this is a file for people and never part of a page.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly JsonObject _root;

    /// <param name="json">Of a charter that is in force.</param>
    public CharterEdit(ReadOnlySpan<byte> json)
        : this(Parse(json))
    {
    }

    internal CharterEdit(JsonObject root) => _root = root;

    /// <exception cref="JsonException">It is no JSON object, or a field stands in it twice.</exception>
    internal static JsonObject Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        return JsonNode.Parse(json, documentOptions: CharterReader.Lenient) as JsonObject
            ?? throw new JsonException("A charter is a JSON object.");
    }

    /// <summary>
    /// A field as a form shows it: the items of a list on lines of their own; empty where there is none, and where it is not so.
    /// </summary>
    public string Get(string path) => Find(path) switch
    {
        null => "",
        JsonArray list => string.Join('\n', list.Select(item => item?.ToString())),
        JsonValue value when value.GetValueKind() is JsonValueKind.True => "true",
        JsonValue value when value.GetValueKind() is JsonValueKind.False => "",
        var value => value.ToString(),
    };

    /// <summary>How many entries a list has; 0 where there is none.</summary>
    public int Count(string path) => Find(path) is JsonArray list ? list.Count : 0;

    /// <summary>Names of the fields below a field.</summary>
    public IReadOnlyList<string> Names(string path) =>
        Find(path) is JsonObject fields ? [.. fields.Select(field => field.Key)] : [];

    /// <summary>Takes out what is empty below a field, and then the field where nothing is left of it.</summary>
    public void DropEmpty(string path)
    {
        if (Find(path) is { } node && Drop(node))
        {
            Set(path, null);
        }
    }

    /// <summary>Sets a text; an empty one takes the field out.</summary>
    public void SetText(string path, string value) =>
        Set(path, value.Trim() is { Length: > 0 } text ? JsonValue.Create(text) : null);

    /// <summary>Sets a list, an item a line; an empty one takes the field out.</summary>
    public void SetLines(string path, string value)
    {
        var lines = value.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Set(path, lines.Length > 0 ? new JsonArray([.. lines.Select(line => (JsonNode?)JsonValue.Create(line))]) : null);
    }

    /// <summary>
    /// Sets a whole number; what is none stays as it was typed, for the reader to refuse, and an empty one takes the field out.
    /// </summary>
    public void SetNumber(string path, string value)
    {
        if (int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            Set(path, JsonValue.Create(number));
        }
        else
        {
            SetText(path, value);
        }
    }

    public void SetFlag(string path, bool value) => Set(path, value ? JsonValue.Create(true) : null);

    /// <summary>Adds a member at the end.</summary>
    /// <returns>The path of the member.</returns>
    public string AddMember(string id)
    {
        var members = _root["members"] as JsonArray;
        if (members is null)
        {
            _root["members"] = members = [];
        }

        members.Add((JsonNode)new JsonObject { ["id"] = id });
        return PathOfMember(members.Count - 1);
    }

    /// <summary>The path of a member; null when there is none of that id.</summary>
    public string? FindMember(string id)
    {
        var members = _root["members"] as JsonArray ?? [];
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i] is JsonObject member && member["id"]?.ToString() == id)
            {
                return PathOfMember(i);
            }
        }

        return null;
    }

    /// <summary>Begins a term in office.</summary>
    /// <param name="member">Path of the member.</param>
    public void AddTerm(string member, string from)
    {
        if (Find($"{member}.terms") is not JsonArray terms)
        {
            Set($"{member}.terms", terms = []);
        }

        terms.Add((JsonNode)new JsonObject { ["from"] = from });
    }

    /// <summary>Ends the last term in office; the day is the last one.</summary>
    /// <param name="member">Path of the member.</param>
    /// <returns>Path of the field that was set; null where there is no term.</returns>
    public string? EndTerm(string member, string until)
    {
        if (Find($"{member}.terms") is not JsonArray { Count: > 0 } terms)
        {
            return null;
        }

        var path = $"{member}.terms[{terms.Count - 1}].until";
        SetText(path, until);
        return path;
    }

    /// <summary>
    /// A charter's JSON as <see cref="Write"/> lays it out, so that two of them differ in nothing but what they say.
    /// </summary>
    public static string LayOut(string json) => Encoding.UTF8.GetString(new CharterEdit(Encoding.UTF8.GetBytes(json)).Write());

    /// <returns>UTF-8 with a line feed at its end.</returns>
    public byte[] Write() => [.. JsonSerializer.SerializeToUtf8Bytes<JsonNode>(_root, Readable), (byte)'\n'];

    private static string PathOfMember(int index) => FormattableString.Invariant($"members[{index}]");

    private JsonNode? Find(string path)
    {
        JsonNode? node = _root;
        foreach (var step in Steps(path))
        {
            node = node switch
            {
                JsonArray list when step.Index is { } index && index < list.Count => list[index],
                JsonObject fields when step.Index is null => fields[step.Name],
                _ => null,
            };
        }

        return node;
    }

    /// <returns>Whether nothing is left of it.</returns>
    private static bool Drop(JsonNode node)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var entry in list.Where(entry => entry is not null && Drop(entry)).ToList())
                {
                    list.Remove(entry);
                }

                return list.Count == 0;
            case JsonObject fields:
                foreach (var name in fields
                    .Where(field => field.Value is { } value && Drop(value))
                    .Select(field => field.Key)
                    .ToList())
                {
                    fields.Remove(name);
                }

                return fields.Count == 0;
            default:
                return false;
        }
    }

    /// <summary>Makes what is missing on the way, one more entry of a list among it.</summary>
    private void Set(string path, JsonNode? value)
    {
        var steps = Steps(path).ToList();
        JsonNode node = _root;
        foreach (var (step, below) in steps.Zip(steps.Skip(1)))
        {
            var present = step.Index is { } index
                ? index < node.AsArray().Count ? node.AsArray()[index] : null
                : node[step.Name];
            if (present is null)
            {
                if (value is null)
                {
                    return;
                }

                present = below.Index is null ? new JsonObject() : new JsonArray();
                if (step.Index is null)
                {
                    node[step.Name] = present;
                }
                else
                {
                    node.AsArray().Add(present);
                }
            }

            node = present;
        }

        if (value is null)
        {
            node.AsObject().Remove(steps[^1].Name);
        }
        else
        {
            node[steps[^1].Name] = value;
        }
    }

    /// <summary><c>members[2].terms[0].until</c> is members, [2], terms, [0], until.</summary>
    private static IEnumerable<(string Name, int? Index)> Steps(string path)
    {
        foreach (var part in path.Split('.'))
        {
            var bracket = part.IndexOf('[', StringComparison.Ordinal);
            yield return (bracket < 0 ? part : part[..bracket], null);
            if (bracket >= 0)
            {
                yield return ("", int.Parse(part.AsSpan(bracket + 1, part.Length - bracket - 2), CultureInfo.InvariantCulture));
            }
        }
    }
}
