using System.Globalization;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Azure.Data.Tables;

namespace BscFlow.Storage;

/// <summary>A table row as one line of JSON that a person can read, and back without loss.</summary>
/// <remarks>
/// Where JSON has no such type the property's name says it: <c>At:time</c>, <c>Sequence:long</c>, <c>Bytes:base64</c>. JSON that
/// a store keeps compressed, whole or cut into columns, stands in the open: <c>Item:packed</c>.
/// </remarks>
internal static partial class RowText
{
    public const string Partition = "partition";
    public const string Row = "row";

    private const string Time = "time";
    private const string Long = "long";
    private const string Double = "double";
    private const string Guid = "guid";
    private const string Base64 = "base64";
    private const string Packed = "packed";

    /// <summary>Bytes that one column may hold, with room to spare.</summary>
    private const int ColumnBytes = 60 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line, without its end; the properties in the order of their names.</summary>
    public static byte[] Write(TableEntity row)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString(Partition, row.PartitionKey);
            json.WriteString(Row, row.RowKey);
            WriteProperties(json, row);
            json.WriteEndObject();
        }

        return line.ToArray();
    }

    /// <exception cref="FormatException">It is not a row's line.</exception>
    public static TableEntity Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var row = new TableEntity(
                json.RootElement.GetProperty(Partition).GetString(), json.RootElement.GetProperty(Row).GetString());
            foreach (var property in json.RootElement.EnumerateObject().Where(
                property => property.Name is not (Partition or Row)))
            {
                ReadProperty(row, property);
            }

            return row;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("It is not a row's line.", e);
        }
    }

    private static void WriteProperties(Utf8JsonWriter json, TableEntity row)
    {
        var own = row
            .Where(property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")
                && property.Value is not null)
            .OrderBy(property => property.Key, StringComparer.Ordinal)
            .ToList();
        var columns = own.Where(property => property.Value is byte[]).GroupBy(property => Name(property.Key)).ToDictionary(
            group => group.Key,
            group => group
                .OrderBy(property => property.Key.Length)
                .ThenBy(property => property.Key, StringComparer.Ordinal)
                .ToList());
        foreach (var (key, value) in own)
        {
            if (value is byte[] && columns[Name(key)] is var group)
            {
                if (Unpack(group.SelectMany(column => (byte[])column.Value)) is { } packed)
                {
                    if (group[0].Key == key)
                    {
                        json.WritePropertyName($"{(group is [_] ? key : Name(key) + "*")}:{Packed}");
                        packed.WriteTo(json);
                    }

                    continue;
                }
            }

            WriteProperty(json, key, value);
        }
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool yes:
                json.WriteBoolean(name, yes);
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber($"{name}:{Long}", number);
                break;
            case double number:
                json.WriteNumber($"{name}:{Double}", number);
                break;
            case DateTimeOffset moment:
                json.WriteString($"{name}:{Time}", moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                break;
            case System.Guid id:
                json.WriteString($"{name}:{Guid}", id);
                break;
            case byte[] bytes:
                json.WriteBase64String($"{name}:{Base64}", bytes);
                break;
            default:
                throw new FormatException($"A column of type {value.GetType()} has no text.");
        }
    }

    private static void ReadProperty(TableEntity row, JsonProperty property)
    {
        var value = property.Value;
        var (name, type) = property.Name.LastIndexOf(':') is > 0 and var colon
            ? (property.Name[..colon], property.Name[(colon + 1)..])
            : (property.Name, "");
        switch (type)
        {
            case Packed:
                foreach (var (column, bytes) in Pack(name, value))
                {
                    row[column] = bytes;
                }

                break;
            case Time:
                row[name] = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
                break;
            default:
                row[name] = type switch
                {
                    Long => value.GetInt64(),
                    Double => value.GetDouble(),
                    Guid => value.GetGuid(),
                    Base64 => value.GetBytesFromBase64(),
                    _ when value.ValueKind == JsonValueKind.String => value.GetString(),
                    _ when value.ValueKind is JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
                    _ => value.GetInt32(),
                };
                break;
        }
    }

    /// <summary>A name without the number that a column of several has at its end.</summary>
    private static string Name(string column) => ColumnNumber().Replace(column, "");

    private static JsonElement? Unpack(IEnumerable<byte> columns)
    {
        try
        {
            using var brotli = new BrotliStream(new MemoryStream([.. columns]), CompressionMode.Decompress);
            using var json = JsonDocument.Parse(brotli);
            return json.RootElement.Clone();
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<(string Column, byte[] Bytes)> Pack(string name, JsonElement value)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        using (var json = new Utf8JsonWriter(brotli, Readable))
        {
            value.WriteTo(json);
        }

        return name.EndsWith('*')
            ? packed.ToArray().Chunk(ColumnBytes).Index().Select(part => ($"{name[..^1]}{part.Index}", part.Item))
            : [(name, packed.ToArray())];
    }

    [GeneratedRegex(@"\d+$")]
    private static partial Regex ColumnNumber();
}
