using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>Graph's own metadata: says what is wrong with a body.</summary>
internal sealed class GraphMetadata
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";
    private static readonly Lazy<GraphMetadata?> Shared = new(() => Find() is { } file ? new GraphMetadata(file) : null);
    private readonly Dictionary<string, XElement> _types;
    private readonly Dictionary<string, XElement> _actions;

    public GraphMetadata(string file)
    {
        var schema = XDocument.Load(file).Descendants(Edm + "Schema").Single();
        _types = schema.Elements().Where(element => element.Name.LocalName is "EnumType" or "ComplexType" or "EntityType")
            .ToDictionary(element => element.Attribute("Name")!.Value);
        _actions = schema.Elements(Edm + "Action").ToDictionary(element => element.Attribute("Name")!.Value);
    }

    /// <summary>Null where the folder of real material is absent.</summary>
    public static GraphMetadata? IfPresent => Shared.Value;

    public bool HasAction(string name) => _actions.ContainsKey(name);

    /// <summary>What is wrong with an answer, judged by the @odata.context in it; nothing for one without.</summary>
    public IReadOnlyList<string> FaultsOfAnswer(JsonNode body)
    {
        var errors = new Faults(wordsInAnyCase: false);
        if (body["error"] is { } error)
        {
            foreach (var property in (string[])["code", "message", "innerError"])
            {
                if (error[property] is null)
                {
                    errors.Add($"error.{property} is missing");
                }
            }

            return errors;
        }

        if ((string?)body["@odata.context"] is { } context)
        {
            var type = TypeOf(context);
            if (body["value"] is JsonArray items)
            {
                foreach (var item in items)
                {
                    Check(item, type, $"{type}[]", errors);
                }
            }
            else
            {
                Check(body, type, type, errors);
            }
        }

        return errors;
    }

    /// <summary>What is wrong with a body that a client sent, or that was posted to it.</summary>
    public IReadOnlyList<string> FaultsOf(JsonNode? body, string type, bool sent = true)
    {
        var errors = new Faults(wordsInAnyCase: sent);
        Check(body, type, type, errors);
        return errors;
    }

    public IReadOnlyList<string> FaultsOfAction(JsonNode? body, string action)
    {
        var errors = new Faults(wordsInAnyCase: true);
        var parameters = _actions[action].Elements(Edm + "Parameter").Skip(1).ToDictionary(
            element => element.Attribute("Name")!.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in body?.AsObject() ?? [])
        {
            if (parameters.TryGetValue(name, out var parameter))
            {
                CheckProperty(value, parameter, $"{action}.{name}", errors);
            }
            else
            {
                errors.Add($"{action} has no parameter {name}");
            }
        }

        return errors;
    }

    /// <summary>The names of all properties of a type, its base types' included.</summary>
    public IReadOnlySet<string> Properties(string type) => Members(type).Keys.ToHashSet();

    private static string TypeOf(string context)
    {
        var path = context[(context.IndexOf('#', StringComparison.Ordinal) + 1)..].Replace(
            "/$entity", "", StringComparison.Ordinal);
        var name = path.EndsWith(')') && path.IndexOf('(', StringComparison.Ordinal) is var open and >= 0 && !path.Contains(
            '/', StringComparison.Ordinal)
            ? path
            : path[(path.LastIndexOf('/') + 1)..];
        return name.Split('(')[0] switch
        {
            "Collection" => name[11..^1],
            "messages" => "message",
            "mailFolders" => "mailFolder",
            "events" or "calendarView" => "event",
            "attachments" => "fileAttachment",
            "subscriptions" => "subscription",
            var other => throw new InvalidOperationException($"What is a {other}? {context}"),
        };
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "BscFlow.sln")))
            {
                var file = Path.Combine(folder.FullName, "..", "shared", "data", "graph", "v1-mail.csdl");
                return File.Exists(file) ? file : null;
            }
        }

        return null;
    }

    private Dictionary<string, XElement> Members(string type)
    {
        var members = new Dictionary<string, XElement>();
        for (var name = type; name is not null; name = _types[name].Attribute("BaseType")?.Value.Split('.')[^1])
        {
            foreach (var member in _types[name].Elements()
                .Where(element => element.Name.LocalName is "Property" or "NavigationProperty"))
            {
                members[member.Attribute("Name")!.Value] = member;
            }
        }

        return members;
    }

    private void Check(JsonNode? node, string type, string path, Faults errors)
    {
        if (node is not JsonObject body)
        {
            errors.Add($"{path} is no object");
            return;
        }

        var actual = ((string?)body["@odata.type"])?.Split('.')[^1] ?? type;
        if (!_types.ContainsKey(actual))
        {
            errors.Add($"{path}: there is no type {actual}");
            return;
        }

        var members = Members(actual);
        foreach (var (name, value) in body)
        {
            if (name.Contains('@', StringComparison.Ordinal))
            {
                continue;
            }

            if (members.TryGetValue(name, out var member))
            {
                CheckProperty(value, member, $"{path}.{name}", errors);
            }
            else
            {
                errors.Add($"{path}: {actual} has no property {name}");
            }
        }
    }

    private void CheckProperty(JsonNode? value, XElement member, string path, Faults errors)
    {
        var type = member.Attribute("Type")!.Value;
        if (value is null)
        {
            if (member.Attribute("Nullable")?.Value == "false")
            {
                errors.Add($"{path} is null");
            }
        }
        else if (type.StartsWith("Collection(", StringComparison.Ordinal))
        {
            foreach (var (index, item) in value is JsonArray items ? items.Index() : [(0, value)])
            {
                CheckValue(item, type[11..^1], $"{path}[{index}]", errors);
            }
        }
        else
        {
            CheckValue(value, type, path, errors);
        }
    }

    private void CheckValue(JsonNode? value, string type, string path, Faults errors)
    {
        var name = type.Split('.')[^1];
        if (!type.StartsWith("Edm.", StringComparison.Ordinal) && _types[name].Name.LocalName != "EnumType")
        {
            // An open bag: what it holds depends on the resource.
            if (name != "resourceData")
            {
                Check(value, name, path, errors);
            }

            return;
        }

        var kind = value?.GetValueKind();
        var text = kind == JsonValueKind.String ? (string)value! : null;
        var fits = type switch
        {
            "Edm.String" => text is not null,
            "Edm.Boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "Edm.Int32" =>
                kind == JsonValueKind.Number && int.TryParse(value!.ToJsonString(), CultureInfo.InvariantCulture, out _),
            "Edm.Double" => kind == JsonValueKind.Number,
            "Edm.Guid" => Guid.TryParse(text, out _),
            "Edm.Binary" => text is not null && Convert.TryFromBase64String(text, new byte[text.Length], out _),
            "Edm.Date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
            "Edm.DateTimeOffset" => text is not null && text.EndsWith('Z')
                && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            _ => _types[name].Elements(Edm + "Member").Any(
                member => string.Equals(member.Attribute("Name")!.Value, text, errors.Words)),
        };
        if (!fits)
        {
            errors.Add($"{path} is no {type}: {value?.ToJsonString() ?? "null"}");
        }
    }

    /// <param name="wordsInAnyCase">Graph takes a word of an enumeration in any case; what it gives is exact.</param>
    private sealed class Faults(bool wordsInAnyCase) : List<string>
    {
        public StringComparison Words { get; } = wordsInAnyCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    }
}
