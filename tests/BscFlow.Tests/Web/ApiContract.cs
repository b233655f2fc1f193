using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BscFlow.Tests.Web;

/// <summary>An answer as the description has it.</summary>
/// <param name="Operation"><c>GET /api/{committee}/meetings</c>.</param>
internal sealed record DescribedAnswer(string Operation, int Status);

/// <summary>Holds every answer that passes against the published description: status, headers, media type, and the shape of its JSON.</summary>
internal sealed partial class ApiContract : DelegatingHandler
{
    private readonly JsonObject _schemas;
    private readonly List<(string Method, Regex Path, string Template, JsonObject Operation)> _operations = [];

    public ApiContract(JsonNode description)
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        _schemas = description["components"]!["schemas"]!.AsObject();
        foreach (var (template, path) in description["paths"]!.AsObject())
        {
            foreach (var (method, operation) in path!.AsObject())
            {
                var pattern = new Regex($"^{PathPart().Replace(template, "[^/]+")}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
                _operations.Add((method.ToUpperInvariant(), pattern, template, operation!.AsObject()));
            }
        }

        // Of two that fit, the one with fewer parts that can be anything is meant.
        _operations.Sort((one, other) => PathPart().Count(one.Template).CompareTo(PathPart().Count(other.Template)));
    }

    /// <summary>What was answered.</summary>
    public HashSet<DescribedAnswer> Seen { get; } = [];

    /// <summary>What the description says can be.</summary>
    public IEnumerable<DescribedAnswer> Described =>
        from described in _operations
        from status in described.Operation["responses"]!.AsObject()
        select new DescribedAnswer($"{described.Method} {described.Template}", int.Parse(status.Key, CultureInfo.InvariantCulture));

    /// <summary>Each with the media type of its body; null where it takes none.</summary>
    public IEnumerable<(string Method, string Template, string? Takes)> Operations =>
        _operations.Select(described => (
            described.Method,
            described.Template,
            described.Operation["requestBody"]?["content"]?.AsObject().Select(content => content.Key).Single()));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        var (method, path) = (request.Method.Method, request.RequestUri!.AbsolutePath);
        var described = _operations.FirstOrDefault(other => other.Method == method && other.Path.IsMatch(path));
        if (described.Operation is null)
        {
            return answer;
        }

        var status = (int)answer.StatusCode;
        var where = $"{method} {described.Template}: {status}";
        var said = described.Operation["responses"]![status.ToString(CultureInfo.InvariantCulture)];
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        Assert.True(said is not null, $"{where} is not described: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        Seen.Add(new DescribedAnswer($"{method} {described.Template}", status));
        foreach (var (header, _) in said["headers"]?.AsObject() ?? [])
        {
            Assert.True(header == "Link" || answer.Headers.Contains(header), $"{where} has no {header}");
        }

        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        if (said["content"]?.AsObject() is not { } content)
        {
            Assert.True(body.Length == 0, $"{where} has a body");
            return answer;
        }

        var type = answer.Content.Headers.ContentType?.MediaType;
        Assert.True(type is not null && content.ContainsKey(type), $"{where} is {type}");
        if (type.EndsWith("json", StringComparison.Ordinal))
        {
            Check(JsonNode.Parse(body), content[type]!["schema"]!, $"{where} $", isOpen: type == "application/problem+json");
        }

        return answer;
    }

    /// <param name="isOpen">Whether there may be more than is described, as in problem details.</param>
    private void Check(JsonNode? value, JsonNode schema, string where, bool isOpen)
    {
        if (schema["$ref"] is { } reference)
        {
            Check(value, _schemas[reference.GetValue<string>().Split('/')[^1]]!, where, isOpen);
            return;
        }

        if (schema["oneOf"] is JsonArray choices)
        {
            var fitting = choices.First(choice => value is null == (choice!["type"]?.ToString() == "null"))!;
            Check(value, fitting, where, isOpen);
            return;
        }

        if (schema["enum"] is JsonArray words)
        {
            Assert.True(words.Any(word => JsonNode.DeepEquals(word, value)), $"{where} is {value?.ToJsonString()}");
        }

        var kind = value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            _ => "boolean",
        };
        string[] types = schema["type"] switch
        {
            null => [],
            JsonArray several => [.. several.Select(type => type!.GetValue<string>())],
            var one => [one.GetValue<string>()],
        };
        Assert.True(types is [] || types.Contains(kind) || (kind == "number" && types.Contains("integer")), $"{where} is a {kind}");
        switch (value)
        {
            case JsonArray entries when schema["items"] is { } items:
                foreach (var entry in entries)
                {
                    Check(entry, items, $"{where}[]", isOpen);
                }

                break;
            case JsonObject fields when schema["properties"] is JsonObject properties:
                Assert.All(schema["required"]?.AsArray() ?? [], name =>
                    Assert.True(fields.ContainsKey(name!.GetValue<string>()), $"{where} has no {name}"));
                foreach (var (name, field) in fields)
                {
                    Assert.True(isOpen || properties.ContainsKey(name), $"{where}.{name} is not described");
                    if (properties[name] is { } property)
                    {
                        Check(field, property, $"{where}.{name}", isOpen);
                    }
                }

                break;
        }
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex PathPart();
}
