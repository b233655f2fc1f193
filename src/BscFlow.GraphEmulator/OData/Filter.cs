using System.Globalization;
using System.Text.RegularExpressions;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.OData;

/// <summary>A read $filter: which items pass, and which properties it speaks of, in its order.</summary>
internal sealed record Filter<T>(Func<T, bool> Passes, IReadOnlyList<string> Properties);

/// <summary>
/// Reads $filter: comparisons, startswith, contains, endswith, <c>singleValueExtendedProperties/any(...)</c>, and, or, not,
/// parentheses.
/// </summary>
/// <param name="property">
/// The value of a property by path: string, bool, DateTimeOffset, long or null; null when there is no such property.
/// </param>
/// <param name="extended">Whether an item has an extended property with this id and this value, without regard to case.</param>
internal sealed partial class FilterReader<T>(
    string text, Func<string, Func<T, object?>?> property, Func<T, string, string, bool> extended)
{
    private readonly string[] _tokens = [.. Token().Matches(text).Select(match => match.Value)];
    private readonly List<string> _properties = [];
    private int _next;

    /// <exception cref="GraphRefusal">The filter is not one.</exception>
    public Filter<T> Read()
    {
        var passes = Or();
        return _next == _tokens.Length ? new(passes, _properties) : throw Invalid();
    }

    private Func<T, bool> Or()
    {
        var left = And();
        while (Take("or"))
        {
            var (one, other) = (left, And());
            left = item => one(item) || other(item);
        }

        return left;
    }

    private Func<T, bool> And()
    {
        var left = Not();
        while (Take("and"))
        {
            var (one, other) = (left, Not());
            left = item => one(item) && other(item);
        }

        return left;
    }

    private Func<T, bool> Not()
    {
        if (Take("not"))
        {
            var inner = Not();
            return item => !inner(item);
        }

        if (Take("("))
        {
            var inner = Or();
            Expect(")");
            return inner;
        }

        return Peek() is "startswith" or "endswith" or "contains" ? Function() : Comparison();
    }

    private Func<T, bool> Function()
    {
        var name = Word();
        Expect("(");
        var value = Property(Word());
        Expect(",");
        var part = Literal() as string ?? throw Invalid();
        Expect(")");
        return item => value(item) is string text && name switch
        {
            "startswith" => text.StartsWith(part, StringComparison.OrdinalIgnoreCase),
            "endswith" => text.EndsWith(part, StringComparison.OrdinalIgnoreCase),
            _ => text.Contains(part, StringComparison.OrdinalIgnoreCase),
        };
    }

    private Func<T, bool> Comparison()
    {
        var path = Word();
        if (path == "singleValueExtendedProperties/any")
        {
            return Any();
        }

        var value = Property(path);
        var comparison = Word();
        var literal = Literal();
        return comparison switch
        {
            "eq" => item => Compare(value(item), literal) == 0,
            "ne" => item => Compare(value(item), literal) != 0,
            "gt" => item => Compare(value(item), literal) > 0,
            "ge" => item => Compare(value(item), literal) >= 0,
            "lt" => item => Compare(value(item), literal) < 0,
            "le" => item => Compare(value(item), literal) <= 0,
            _ => throw Invalid(),
        };
    }

    /// <summary><c>any(ep:ep/id eq '...' and ep/value eq '...')</c>.</summary>
    private Func<T, bool> Any()
    {
        _properties.Add("singleValueExtendedProperties");
        Expect("(");
        var variable = Word();
        Expect(":");
        string? id = null, value = null;
        do
        {
            var path = Word();
            Expect("eq");
            var literal = Literal() as string ?? throw Invalid();
            if (path == $"{variable}/id")
            {
                id = literal;
            }
            else if (path == $"{variable}/value")
            {
                value = literal;
            }
            else
            {
                throw Invalid();
            }
        }
        while (Take("and"));

        Expect(")");
        return id is not null && value is not null
            ? item => extended(item, id, value)
            : throw GraphRefusal.BadRequest(
                "A filter on extended properties must name the id and the value.", "ErrorInvalidUrlQueryFilter");
    }

    private Func<T, object?> Property(string path)
    {
        _properties.Add(path);
        return property(path) ?? throw GraphRefusal.BadRequest($"Could not find a property named '{path}'.", "BadRequest");
    }

    /// <returns>Null when the two cannot be compared, so that no comparison holds, nor its opposite but ne.</returns>
    private static int? Compare(object? value, object? literal) => (value, literal) switch
    {
        (null, null) => 0,
        (string one, string other) => string.Compare(one, other, StringComparison.OrdinalIgnoreCase),
        (bool one, bool other) => one.CompareTo(other),
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (long one, long other) => one.CompareTo(other),
        _ => null,
    };

    private object? Literal()
    {
        var word = Word();
        return word switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            ['\'', ..] => word[1..^1].Replace("''", "'", StringComparison.Ordinal),
            _ when long.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
            _ when DateTimeOffset.TryParse(
                word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var time) => time,
            _ => throw Invalid(),
        };
    }

    private string? Peek() => _next < _tokens.Length ? _tokens[_next] : null;

    private string Word() => _next < _tokens.Length ? _tokens[_next++] : throw Invalid();

    private bool Take(string token)
    {
        var found = Peek() == token;
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string token)
    {
        if (!Take(token))
        {
            throw Invalid();
        }
    }

    private GraphRefusal Invalid() =>
        GraphRefusal.BadRequest(
            $"Invalid filter clause: syntax error at position {_next} in '{text}'.", "ErrorInvalidUrlQueryFilter");

    // A time such as 2026-01-05T09:00:00Z is one word, so a colon splits words only after the name of a variable.
    [GeneratedRegex(@"'(?:[^']|'')*'|\d{4}-\d\d-\d\d[\dT:.Z+-]*|[\w/.-]+|\S")]
    private static partial Regex Token();
}
