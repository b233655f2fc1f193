using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.OData;

/// <summary>The query options of a request. An option outside the slice is refused rather than passed over.</summary>
internal sealed partial record Query
{
    public IReadOnlyList<string>? Select { get; private init; }

    public string? Filter { get; private init; }

    public IReadOnlyList<(string Property, bool Descending)> OrderBy { get; private init; } = [];

    public int? Top { get; private init; }

    public int Skip { get; private init; }

    public bool Count { get; private init; }

    /// <summary>Ids of extended properties asked for by $expand; null when it was not.</summary>
    public IReadOnlyList<string>? ExtendedProperties { get; private init; }

    public bool Attachments { get; private init; }

    public static Query Of(IQueryCollection options)
    {
        var query = new Query();
        foreach (var (name, values) in options)
        {
            var value = values.ToString();
            query = name.ToLowerInvariant() switch
            {
                "$select" => query with { Select = Words(value) },
                "$filter" => query with { Filter = value },
                "$orderby" => query with { OrderBy = [.. value.Split(',').Select(Order)] },
                "$top" => query with { Top = Number(name, value, 1, 1000) },
                "$skip" => query with { Skip = Number(name, value, 0, int.MaxValue) },
                "$count" => query with { Count = value == "true" },
                "$expand" => Expand(query, value),
                "$deltatoken" or "$skiptoken" => query,
                ['$', ..] => throw GraphRefusal.BadRequest($"The query option '{name}' is not part of this emulator."),
                _ => query,
            };
        }

        return query;
    }

    public Query Selecting(IReadOnlyList<string>? properties) => this with { Select = properties };

    private static string[] Words(string list) =>
        list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static (string, bool) Order(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [_] or [_, "asc"] => (words[0], false),
            [_, "desc"] => (words[0], true),
            _ => throw GraphRefusal.BadRequest($"Invalid $orderby: '{text}'."),
        };
    }

    private static int Number(string name, string value, int low, int high) =>
        int.TryParse(value, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high
            ? number
            : throw GraphRefusal.BadRequest($"Invalid value '{value}' for {name} query option found.");

    private static Query Expand(Query query, string value)
    {
        var rest = ExtendedExpand().Replace(value, "");
        var ids = ExtendedExpand().Match(value) is { Success: true } match
            ? IdEquals().Matches(match.Value)
                .Select(id => id.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal)).ToList()
            : null;
        var others = Words(rest);
        return others.FirstOrDefault(other => other != "attachments") is { } unknown
            ? throw GraphRefusal.BadRequest($"Could not find a property named '{unknown}' to expand.")
            : query with { ExtendedProperties = ids, Attachments = others.Length > 0 };
    }

    [GeneratedRegex(@"singleValueExtendedProperties\s*\(\s*\$filter\s*=(?:[^')]|'(?:[^']|'')*')*\)")]
    private static partial Regex ExtendedExpand();

    [GeneratedRegex(@"\bid\s+eq\s+'((?:[^']|'')*)'", RegexOptions.IgnoreCase)]
    private static partial Regex IdEquals();
}
