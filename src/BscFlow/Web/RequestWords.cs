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

    /// <summary>"The body cannot be read as JSON at options.kind, in line 1, byte 34."</summary>
    private static string OfJson(JsonException unread)
    {
        var field = unread.Path?.TrimStart('$').TrimStart('.');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The body cannot be read as JSON{(field is { Length: > 0 } ? $" at {field}" : "")}, in line {unread.LineNumber + 1}, byte {unread.BytePositionInLine + 1}.");
    }

    [GeneratedRegex("^Failed to bind parameter \"(?:[^\" ]+ )?(?<name>[^\" ]+)\" from (?<value>.*?)\\.?$")]
    private static partial Regex NotBound { get; }

    [GeneratedRegex("^Required parameter \"(?:[^\" ]+ )?(?<name>[^\" ]+)\" was not provided")]
    private static partial Regex NotGiven { get; }
}
