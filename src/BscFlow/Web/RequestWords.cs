using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>Says what was wrong with a request in the words of who sent it: the framework's own name the types of this program.</summary>
internal static partial class RequestWords
{
    public static string Of(BadHttpRequestException bad) => bad switch
    {
        { InnerException: JsonException unread } => OfJson(unread),
        _ when NotBound.Match(bad.Message) is { Success: true } match => $"\"{match.Groups["name"]}\" cannot be {match.Groups["value"]}.",
        _ when NotGiven.Match(bad.Message) is { Success: true } match => $"\"{match.Groups["name"]}\" is missing.",
        _ when bad.Message.StartsWith("Implicit body inferred", StringComparison.Ordinal) => "The body is missing.",
        _ => bad.Message,
    };

    /// <summary>""deadLine" is no field of this request." Or "The body cannot be read as JSON at options.kind, in line 1, byte 34."</summary>
    private static string OfJson(JsonException unread)
    {
        if (Unknown.Match(unread.Message) is { Success: true } unknown)
        {
            return $"\"{unknown.Groups["name"]}\" is no field of this request; openapi.json names them.";
        }

        var field = unread.Path?.TrimStart('$').TrimStart('.');
        var place = string.Create(CultureInfo.InvariantCulture, $"in line {unread.LineNumber + 1}, byte {unread.BytePositionInLine + 1}");
        return field switch
        {
            null or "" => $"The body cannot be read as JSON, {place}.",
            _ when unread.Message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) =>
                $"What stands at {field}, {place}, cannot stand there; openapi.json says what can.",
            _ => $"The body cannot be read as JSON at {field}, {place}.",
        };
    }

    [GeneratedRegex("^The JSON property '(?<name>[^']{1,100})' could not be mapped")]
    private static partial Regex Unknown { get; }

    [GeneratedRegex("^Failed to bind parameter \"(?:[^\" ]+ )?(?<name>[^\" ]+)\" from (?<value>.*?)\\.?$")]
    private static partial Regex NotBound { get; }

    [GeneratedRegex("^Required parameter \"(?:[^\" ]+ )?(?<name>[^\" ]+)\" was not provided")]
    private static partial Regex NotGiven { get; }
}
