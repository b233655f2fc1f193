using System.Text.Encodings.Web;
using System.Text.Json;

namespace BscFlow.Votes.Tallies;

/// <summary>A recount as data.</summary>
public static class RecountJson
{
    /// <summary>
    /// An object with <c>holds</c> and, where it does not, <c>faults</c>; else with <c>outcome</c>, <c>for</c>, <c>against</c>,
    /// <c>abstained</c>, <c>silent</c>, and of a vote over options what <see cref="Ranked.RankedResultJson"/> writes.
    /// </summary>
    public static void Write(Stream stream, Recount recount)
    {
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteBoolean("holds", recount is Recount.Holds);
        if (recount is Recount.Broken broken)
        {
            json.WriteStartArray("faults");
            broken.Faults.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }
        else if (recount is Recount.Holds { Frame: var tally })
        {
            json.WriteString("outcome", tally.Outcome.ToString());
            json.WriteNumber("for", tally.For);
            json.WriteNumber("against", tally.Against);
            json.WriteNumber("abstained", tally.Abstained);
            json.WriteNumber("silent", tally.Silent);
            if (tally.Result is { } result)
            {
                foreach (var field in result.EnumerateObject())
                {
                    field.WriteTo(json);
                }
            }
        }

        json.WriteEndObject();
    }
}
