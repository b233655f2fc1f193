using System.Text.Json;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.OData;

namespace BscFlow.GraphEmulator.Wire;

/// <summary>The extended properties of an item, which come only when $expand names them.</summary>
internal static class ExtendedPropertyResource
{
    public static void Write(JsonObject item, IEnumerable<SingleValueExtendedProperty> properties, Query query)
    {
        var wanted = query.ExtendedProperties ?? [];
        var found = properties.Where(property => wanted.Contains(property.Id, StringComparer.OrdinalIgnoreCase))
            .Select(property => JsonSerializer.SerializeToNode(property, WireJson.Default.SingleValueExtendedProperty)).ToArray();
        if (found.Length > 0)
        {
            item["singleValueExtendedProperties"] = new JsonArray(found);
        }
    }
}
