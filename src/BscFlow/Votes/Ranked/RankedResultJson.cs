using System.Text.Encodings.Web;
using System.Text.Json;

namespace BscFlow.Votes.Ranked;

/// <summary>A result as data; options go by their names.</summary>
public static class RankedResultJson
{
    /// <summary>
    /// An object with <c>method</c>, <c>seats</c>, <c>ballots</c>, <c>options</c>, <c>winners</c>, <c>order</c>, <c>ties</c>,
    /// <c>passedOver</c> and, as the method has them, <c>rounds</c> (votes a name), <c>pairs</c> (row by row in the order of
    /// <c>options</c>: ballots that prefer the row's option to the column's) or <c>totals</c>. Votes are numbers with all
    /// their places; a part that has no finite decimal form is text like <c>"7/3"</c>.
    /// </summary>
    public static void Write(Stream stream, RankedResult result)
    {
        using var json = new Utf8JsonWriter(
            stream,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteTo(json, result);
        json.WriteEndObject();
    }

    /// <summary>The same as a value.</summary>
    public static JsonElement ToElement(RankedResult result)
    {
        using var stream = new MemoryStream();
        Write(stream, result);
        return JsonElement.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }

    private static void WriteTo(Utf8JsonWriter json, RankedResult result)
    {
        json.WriteString("method", JsonNamingPolicy.CamelCase.ConvertName(result.Rules.Method.ToString()));
        json.WriteNumber("seats", result.Rules.SeatsOf(result.Options.Count));
        json.WriteNumber("ballots", result.Ballots);
        if (result.Rules.TieBreak is TieBreak.Lot lot)
        {
            json.WriteString("lot", lot.Seed);
        }

        if (result.Rules.Quorum > 0)
        {
            json.WriteNumber("quorum", result.Rules.Quorum);
            json.WriteBoolean("hasQuorum", result.HasQuorum);
        }

        WriteNames(json, "options", Enumerable.Range(0, result.Options.Count), result);
        WriteNames(json, "winners", result.Winners, result);
        WriteNames(json, "order", result.Order, result);
        WriteList(json, "ties", result.Ties, tie =>
        {
            WriteNames(json, "options", tie.Options, result);
            if (tie.Round is { } round)
            {
                json.WriteNumber("round", round);
            }

            json.WriteString("decidedBy", tie.DecidedBy);
            json.WriteBoolean("decisive", tie.Decisive);
        });
        WriteList(json, "passedOver", result.PassedOver, option =>
        {
            json.WriteString("option", result.Options[option.Option].Name);
            json.WriteString("why", option.Why);
        });
        if (result.Rounds is { } rounds)
        {
            WriteList(json, "rounds", rounds, round => WriteRound(json, round, result));
        }

        if (result.Pairs is { } pairs)
        {
            WritePairs(json, pairs, result.Options.Count);
        }

        if (result.Totals is { } totals)
        {
            WriteList(json, "totals", totals.Index(), total =>
            {
                json.WriteString("option", result.Options[total.Index].Name);
                json.WriteNumber("total", total.Item.Total);
                json.WriteNumber("ballots", total.Item.Ballots);
            });
        }
    }

    private static void WriteRound(Utf8JsonWriter json, CountRound round, RankedResult result)
    {
        json.WriteNumber("round", round.Number);
        json.WriteString("did", round.Did);
        if (round.Quota is { } quota)
        {
            WriteAmount(json, "quota", quota);
        }

        json.WriteStartObject("votes");
        foreach (var (option, votes) in round.Votes.Index())
        {
            if (votes is { } held)
            {
                WriteAmount(json, result.Options[option].Name, held);
            }
        }

        json.WriteEndObject();
        WriteAmount(json, "exhausted", round.Exhausted);
        WriteNames(json, "elected", round.Elected, result);
        WriteNames(json, "excluded", round.Excluded, result);
    }

    private static void WriteAmount(Utf8JsonWriter json, string name, VoteAmount amount)
    {
        json.WritePropertyName(name);
        var text = amount.ToString();
        if (text.Contains('/', StringComparison.Ordinal))
        {
            json.WriteStringValue(text);
        }
        else
        {
            json.WriteRawValue(text);
        }
    }

    private static void WritePairs(Utf8JsonWriter json, PairMatrix pairs, int options)
    {
        json.WriteStartArray("pairs");
        for (var option = 0; option < options; option++)
        {
            json.WriteStartArray();
            for (var other = 0; other < options; other++)
            {
                json.WriteNumberValue(pairs[option, other]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<int> options, RankedResult result)
    {
        json.WriteStartArray(name);
        foreach (var option in options)
        {
            json.WriteStringValue(result.Options[option].Name);
        }

        json.WriteEndArray();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
