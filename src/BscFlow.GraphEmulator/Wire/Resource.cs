using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BscFlow.GraphEmulator.OData;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>One property of a Graph type: how it is written, and how it is compared by $filter and $orderby.</summary>
/// <param name="Value">A string, bool, DateTimeOffset or long; null for a property that cannot be compared.</param>
/// <param name="OnlyWhenSelected">Left out unless $select names it.</param>
internal sealed record ResourceProperty<T>(
    string Name, Func<T, Preferences, JsonNode?> Json, Func<T, object?>? Value = null, bool OnlyWhenSelected = false);

/// <summary>A Graph type as the table of its properties, from which items are written, selected, filtered and ordered.</summary>
internal sealed class Resource<T>(string type, IReadOnlyList<ResourceProperty<T>> properties)
{
    private readonly Dictionary<string, ResourceProperty<T>> _byName = properties.ToDictionary(property => property.Name);

    public IReadOnlyList<ResourceProperty<T>> Properties { get; } = properties;

    /// <summary>Writes the selected properties into <paramref name="target"/>; without a selection, all that need none.</summary>
    public void Write(JsonObject target, T item, Preferences preferences, IReadOnlyList<string>? select)
    {
        foreach (var property in Properties)
        {
            if (select is null ? !property.OnlyWhenSelected : property.Name == "id" || select.Contains(property.Name))
            {
                target[property.Name] = property.Json(item, preferences);
            }
        }
    }

    /// <exception cref="GraphRefusal">A property that the type does not have.</exception>
    public void Check(IEnumerable<string> select, params ReadOnlySpan<string> alsoKnown)
    {
        foreach (var name in select)
        {
            if (!_byName.ContainsKey(name) && !alsoKnown.Contains(name))
            {
                throw GraphRefusal.BadRequest($"Could not find a property named '{name}' on type 'microsoft.graph.{type}'.");
            }
        }
    }

    public Func<T, object?>? Comparable(string name) => _byName.GetValueOrDefault(name)?.Value;

    public static ResourceProperty<T> Text(string name, Func<T, string?> value) =>
        new(name, (item, _) => value(item), value);

    public static ResourceProperty<T> Flag(string name, Func<T, bool> value) =>
        new(name, (item, _) => value(item), item => value(item));

    public static ResourceProperty<T> Number(string name, Func<T, long> value) =>
        new(name, (item, _) => value(item), item => value(item));

    public static ResourceProperty<T> Time(string name, Func<T, DateTimeOffset> value) =>
        new(name, (item, _) => GraphTime.Utc(value(item)), item => value(item));

    public static ResourceProperty<T> Word<TEnum>(string name, Func<T, TEnum> value)
        where TEnum : struct, Enum => Text(name, item => JsonNamingPolicy.CamelCase.ConvertName(value(item).ToString()));

    public static ResourceProperty<T> Strings(string name, Func<T, IEnumerable<string>> value) =>
        new(name, (item, _) => new JsonArray([.. value(item).Select(text => JsonValue.Create(text))]));

    public static ResourceProperty<T> Object<TValue>(string name, Func<T, TValue?> value, JsonTypeInfo<TValue> type)
        where TValue : class =>
            new(name, (item, _) => value(item) is { } given ? JsonSerializer.SerializeToNode(given, type) : null);

    public static ResourceProperty<T> Objects<TValue>(
        string name, Func<T, IEnumerable<TValue>> value,
        JsonTypeInfo<TValue> type) =>
        new(name, (item, _) => new JsonArray([.. value(item).Select(given => JsonSerializer.SerializeToNode(given, type))]));
}

/// <summary>The marks that every entity carries.</summary>
internal static class EntityMarks
{
    public static string ChangeKey(long changed) =>
        Convert.ToBase64String([9, 0, 0, 0, 22, 0, 0, 0, .. BitConverter.GetBytes(changed)]);

    public static string ETag(long changed) => string.Create(CultureInfo.InvariantCulture, $"W/\"{ChangeKey(changed)}\"");
}
