using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.GraphEmulator.Wire;
using Microsoft.Extensions.Primitives;

namespace BscFlow.GraphEmulator.OData;

/// <summary>What the client asked for in its Prefer headers.</summary>
/// <param name="Body">Null: not asked for.</param>
/// <param name="TimeZone">Null: UTC.</param>
internal sealed partial record Preferences(BodyType? Body, string? TimeZone, int? MaxPageSize, bool ImmutableIds)
{
    /// <summary>What the answer says was applied; null when nothing was.</summary>
    public string? Applied { get; private init; }

    public static Preferences Of(StringValues prefer)
    {
        var header = string.Join(',', prefer.AsEnumerable());
        var body = Value(header, "outlook.body-content-type");
        var zone = Value(header, "outlook.timezone");
        var size = Value(header, "odata.maxpagesize") is { } text
            ? int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1000
                ? number
                : throw GraphRefusal.BadRequest($"Invalid odata.maxpagesize: {text}.", "ErrorInvalidArgument")
            : (int?)null;
        if (zone is not null)
        {
            _ = GraphTime.Zone(zone);
        }

        var immutable = string.Equals(Value(header, "IdType"), "ImmutableId", StringComparison.OrdinalIgnoreCase);
        string?[] applied =
        [
            body is null ? null : $"outlook.body-content-type=\"{body}\"",
            zone is null ? null : $"outlook.timezone=\"{zone}\"",
            size is null ? null : string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={size}"),
            immutable ? "IdType=\"ImmutableId\"" : null,
        ];
        return new(
            body?.ToLowerInvariant() switch { "text" => BodyType.Text, "html" => BodyType.Html, _ => null },
            zone,
            size,
            immutable)
        {
            Applied = applied.Any(word => word is not null) ? string.Join(", ", applied.Where(word => word is not null)) : null,
        };
    }

    private static string? Value(string header, string name)
    {
        var match = Preference().Matches(header)
            .FirstOrDefault(match => match.Groups[1].Value.Equals(name, StringComparison.OrdinalIgnoreCase));
        return match is null ? null : match.Groups[2].Success ? match.Groups[2].Value : match.Groups[3].Value;
    }

    [GeneratedRegex("""([\w.-]+)\s*=\s*(?:"([^"]*)"|([^\s,;]+))""")]
    private static partial Regex Preference();
}
