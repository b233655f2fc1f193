using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BscFlow.Committee;
using NJsonSchema;

namespace BscFlow.Tests.Committee;

public sealed class CharterSchemaTests
{
    [Theory]
    [InlineData("bsc")]
    [InlineData("default")]
    public async Task The_samples_follow_the_schema(string sample) =>
        Assert.Empty((await Schema()).Validate(Encoding.UTF8.GetString(CharterFiles.Sample(sample))));

    [Fact]
    public async Task A_charter_as_it_is_written_follows_the_schema() =>
        Assert.Empty((await Schema()).Validate(
            Encoding.UTF8.GetString(CharterWriter.Write(CharterFiles.Read(CharterFiles.Small)))));

    [Theory]
    [InlineData("colour", "1")]
    [InlineData("id", "\"Reef 1\"")]
    [InlineData("quorum.needs", "\"60 %\"")]
    [InlineData("meetings.length", "\"1h\"")]
    [InlineData("members[0].addresses", "[]")]
    [InlineData("rules.removal.of", null)]
    [InlineData("rules.removal.byMail", """{ "needs": "at least 2/3", "of": "cast" }""")]
    public async Task The_schema_finds_what_is_wrong(string path, string? value) =>
        Assert.NotEmpty((await Schema()).Validate(CharterFiles.SmallWith(path, value)));

    [Fact]
    public void The_schema_knows_the_fields_of_the_reader_and_no_others() =>
        Assert.Equal(
            FieldsOfReader(CharterJson.Default.CharterFile, "").Order(StringComparer.Ordinal),
            FieldsOfSchema(JsonNode.Parse(CharterFiles.Schema)!, "").Order(StringComparer.Ordinal));

    private static Task<JsonSchema> Schema() =>
        JsonSchema.FromJsonAsync(CharterFiles.Schema, TestContext.Current.CancellationToken);

    private static IEnumerable<string> FieldsOfReader(JsonTypeInfo type, string path) => type.Kind switch
    {
        JsonTypeInfoKind.Object =>
            from property in type.Properties
            let here = $"{path}.{property.Name}"
            from field in FieldsOfReader(type.Options.GetTypeInfo(property.PropertyType), here).Prepend(here)
            select field,
        JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary =>
            FieldsOfReader(type.Options.GetTypeInfo(type.ElementType!), $"{path}[]"),
        _ => [],
    };

    private static IEnumerable<string> FieldsOfSchema(JsonNode schema, string path)
    {
        var resolved = Resolve(schema);
        return (resolved["properties"] as JsonObject ?? [])
            .SelectMany(field => FieldsOfSchema(field.Value!, $"{path}.{field.Key}").Prepend($"{path}.{field.Key}"))
            .Concat(resolved["items"] is { } items ? FieldsOfSchema(items, $"{path}[]") : [])
            .Concat(resolved["additionalProperties"] is JsonObject entry ? FieldsOfSchema(entry, $"{path}[]") : []);
    }

    private static JsonNode Resolve(JsonNode schema)
    {
        var reference = (schema["$ref"] ?? schema["allOf"]?[0]?["$ref"])?.GetValue<string>();
        return reference is null ? schema : Resolve(schema.Root["definitions"]![reference.Split('/')[^1]]!);
    }
}
