using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace BscFlow.Committee;

/// <summary>Compares JSON with the type it is to become and takes out what does not fit; so the rest can be checked.</summary>
internal static class CharterShape
{
    /// <summary>Reports every unknown field and every value of a wrong kind by its path, and leaves null in its place.</summary>
    /// <returns>Whether the node itself is of the right kind.</returns>
    public static bool Fit(JsonNode? node, JsonTypeInfo type, string path, CharterErrors errors)
    {
        switch (type.Kind, node)
        {
            case (JsonTypeInfoKind.Object, JsonObject fields):
                FitFields(fields, type, path, errors);
                return true;
            case (JsonTypeInfoKind.Dictionary, JsonObject entries):
                FitEntries(entries, type.Options.GetTypeInfo(type.ElementType!), path, errors);
                return true;
            case (JsonTypeInfoKind.Enumerable, JsonArray items):
                FitItems(items, type.Options.GetTypeInfo(type.ElementType!), path, errors);
                return true;
            case (JsonTypeInfoKind.None, JsonValue value) when Fits(value, type):
                return true;
            default:
                errors.AddUnusable(path, $"must be {Wanted(type)}");
                return false;
        }
    }

    private static void FitFields(JsonObject fields, JsonTypeInfo type, string path, CharterErrors errors)
    {
        foreach (var (name, value) in fields.ToList())
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (type.Properties.FirstOrDefault(property => property.Name == name) is not { } known)
            {
                var hint = CharterErrors.Hint(name, type.Properties.Select(property => property.Name));
                errors.Add(here, $"is not a field of the charter{hint}");
                fields.Remove(name);
            }
            else if (value is not null && !Fit(value, type.Options.GetTypeInfo(known.PropertyType), here, errors))
            {
                fields[name] = null;
            }
        }
    }

    private static void FitEntries(JsonObject entries, JsonTypeInfo type, string path, CharterErrors errors)
    {
        foreach (var (name, value) in entries.ToList())
        {
            if (!Fit(value, type, $"{path}.{name}", errors))
            {
                entries[name] = null;
            }
        }
    }

    private static void FitItems(JsonArray items, JsonTypeInfo type, string path, CharterErrors errors)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (!Fit(items[i], type, $"{path}[{i}]", errors))
            {
                items[i] = null;
            }
        }
    }

    private static bool Fits(JsonValue value, JsonTypeInfo type) => value.GetValueKind() switch
    {
        JsonValueKind.String => type.Type == typeof(string),
        JsonValueKind.Number => type.Type == typeof(int?) && value.TryGetValue<int>(out _),
        JsonValueKind.True or JsonValueKind.False => type.Type == typeof(bool?),
        _ => false,
    };

    private static string Wanted(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object in { }",
        JsonTypeInfoKind.Enumerable => "a list in [ ]",
        _ when type.Type == typeof(string) => "text in quotes",
        _ when type.Type == typeof(int?) => "a whole number",
        _ => "true or false",
    };
}
