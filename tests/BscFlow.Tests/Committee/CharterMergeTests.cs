using System.Text;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class CharterMergeTests
{
    private const string Original = """
        {
          "name": "Tidewater",
          "quorum": { "needs": "at least 1/2", "of": "entire" },
          "secretaries": ["a@x.example", "b@x.example"],
          "members": [{ "id": "ada", "name": "Ada" }, { "id": "cy", "name": "Cy" }],
          "guests": [{ "name": "Eve" }, { "name": "Rui" }]
        }
        """;

    [Theory]
    [InlineData("\"name\": \"Tidewater\"", "\"name\": \"One\", \"name\": \"Other\"")]
    [InlineData("\"needs\": \"at least 1/2\"", "\"needs\": \"at least 1/2\", \"needs\": \"more than 1/2\"")]
    [InlineData("\"name\": \"Eve\"", "\"name\": \"Eve\", \"name\": \"Eva\"")]
    public void A_field_that_stands_twice_is_not_put_together_with_anything(string field, string twice)
    {
        var odd = Original.Replace(field, twice, StringComparison.Ordinal);

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Merge(odd, Original));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => Merge(Original, odd));
    }

    [Theory]
    [InlineData("\"Tidewater\"", "\"Tide\"", "at least 1/2", "more than 1/2", """{"name":"Tide","quorum":{"needs":"more than 1/2"}}""")]
    [InlineData("\"a@x.example\", ", "", "b@x.example\"", "b@x.example\", \"c@x.example\"", """{"secretaries":["b@x.example","c@x.example"]}""")]
    [InlineData("{ \"id\": \"ada\", \"name\": \"Ada\" }, ", "", "\"Cy\"", "\"Cyrus\"", """{"members":[{"id":"cy","name":"Cyrus"}]}""")]
    [InlineData("\"name\": \"Rui\" }", "\"name\": \"Rui\" }, { \"name\": \"Mine\" }", "\"name\": \"Rui\" }", "\"name\": \"Rui\" }, { \"name\": \"Theirs\" }", """{"guests":[{"name":"Eve"},{"name":"Rui"},{"name":"Theirs"},{"name":"Mine"}]}""")]
    [InlineData("\"Rui\"", "\"Rui M.\"", "{ \"name\": \"Eve\" }, ", "", """{"guests":[{"name":"Rui M."}]}""")]
    [InlineData("{ \"name\": \"Eve\" }, ", "", "\"Rui\"", "\"Rui M.\"", """{"guests":[{"name":"Rui M."}]}""")]
    public void What_both_changed_is_there(string mine, string mineNow, string theirs, string theirsNow, string expected)
    {
        var merged = Merge(
            Original.Replace(mine, mineNow, StringComparison.Ordinal),
            Original.Replace(theirs, theirsNow, StringComparison.Ordinal));

        Assert.Empty(merged.Clashes);
        var charter = System.Text.Json.Nodes.JsonNode.Parse(merged.Charter.Write())!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(expected)!.AsObject())
        {
            foreach (var (inner, part) in value as System.Text.Json.Nodes.JsonObject ?? [])
            {
                Assert.Equal(part!.ToJsonString(), charter[name]![inner]!.ToJsonString());
            }

            if (value is not System.Text.Json.Nodes.JsonObject)
            {
                Assert.Equal(value!.ToJsonString(), charter[name]!.ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData("\"Tidewater\"", "\"Mine\"", "\"Theirs\"", "name")]
    [InlineData("\"Cy\"", "\"Mine\"", "\"Theirs\"", "members[1].name")]
    [InlineData("\"Rui\"", "\"Mine\"", "\"Theirs\"", "guests")]
    public void What_both_set_otherwise_is_named_and_nothing_of_mine_is_lost(string was, string mine, string theirs, string path)
    {
        var merged = Merge(
            Original.Replace(was, mine, StringComparison.Ordinal), Original.Replace(was, theirs, StringComparison.Ordinal));

        Assert.Equal([path], merged.Clashes);
        Assert.Contains(mine, Encoding.UTF8.GetString(merged.Charter.Write()), StringComparison.Ordinal);
    }

    private static MergedCharter Merge(string mine, string theirs) =>
        CharterMerge.Merge(Encoding.UTF8.GetBytes(Original), Encoding.UTF8.GetBytes(mine), Encoding.UTF8.GetBytes(theirs));
}
