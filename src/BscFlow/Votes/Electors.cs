using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Votes;

/// <summary>
/// The voters of an electorate, in its order. A million of them take some 60 MB: an <see cref="Elector"/> is made each time that
/// one is asked for. Safe for parallel calls.
/// </summary>
[CollectionBuilder(typeof(Electors), nameof(Create))]
[JsonConverter(typeof(ElectorsJson))]
public sealed class Electors : IReadOnlyList<Elector>
{
    private readonly ElectorBytes _bytes;
    private readonly Lazy<ElectorIndex> _byId;
    private readonly bool _hasAddresses;

    internal Electors(ElectorBytes bytes)
        : this(bytes, new(() => IndexOf(bytes)), hasAddresses: true)
    {
    }

    private Electors(ElectorBytes bytes, Lazy<ElectorIndex> byId, bool hasAddresses) =>
        (_bytes, _byId, _hasAddresses) = (bytes, byId, hasAddresses);

    public int Count => _bytes.Count;

    public Elector this[int place] => _hasAddresses ? _bytes[place] : _bytes[place] with { Address = null };

    /// <summary>How many ids they have.</summary>
    public int Ids => _bytes.IsSorted ? Count : _byId.Value.Count;

    public static Electors Create(ReadOnlySpan<Elector> electors) => Of(electors.ToArray());

    /// <summary>As they come, and none of them is held.</summary>
    public static Electors Of(IEnumerable<Elector> electors)
    {
        var bytes = new ElectorBytes();
        foreach (var elector in electors)
        {
            bytes.Add(elector);
        }

        return new Electors(bytes);
    }

    public bool Contains(string id) => PlaceOf(id) >= 0;

    /// <returns>Null where no voter has this id.</returns>
    public Elector? Find(string id) => PlaceOf(id) is >= 0 and var place ? this[place] : null;

    /// <summary>The same without addresses; nothing is copied.</summary>
    public Electors WithoutAddresses() => new(_bytes, _byId, hasAddresses: false);

    public IEnumerator<Elector> GetEnumerator()
    {
        for (var place = 0; place < Count; place++)
        {
            yield return this[place];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Those who were imported are in the order of their ids, and need no table of their places.</summary>
    /// <returns>Negative where no voter has this id.</returns>
    internal int PlaceOf(string id) => _bytes.IsSorted ? _bytes.Find(Encoding.UTF8.GetBytes(id)) : _byId.Value.Find(id);

    private static ElectorIndex IndexOf(ElectorBytes bytes)
    {
        var index = new ElectorIndex(bytes.Id, StringComparison.Ordinal);
        for (var place = 0; place < bytes.Count; place++)
        {
            index.TryAdd(place);
        }

        return index;
    }
}

/// <summary>An array of voters.</summary>
internal sealed class ElectorsJson : JsonConverter<Electors>
{
    public override Electors Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("voters are an array");
        }

        var bytes = new ElectorBytes();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes.Add(JsonSerializer.Deserialize(ref reader, FormIn(options)) ?? throw new JsonException("a line of it is null"));
        }

        return new Electors(bytes);
    }

    public override void Write(Utf8JsonWriter writer, Electors value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var elector in value)
        {
            JsonSerializer.Serialize(writer, elector, FormIn(options));
        }

        writer.WriteEndArray();
    }

    private static JsonTypeInfo<Elector> FormIn(JsonSerializerOptions options) =>
        (JsonTypeInfo<Elector>)options.GetTypeInfo(typeof(Elector));
}
