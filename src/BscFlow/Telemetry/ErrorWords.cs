using System.Text.RegularExpressions;
using Azure;

namespace BscFlow.Telemetry;

/// <summary>An error as it may stand in a mail or a log: what went wrong, and no address or secret that it was about.</summary>
public static partial class ErrorWords
{
    private const int Longest = 1000;

    /// <summary>
    /// Type and message of the error and of what caused it, a line each, outermost first. Of an answer of Storage only the first
    /// line, which says it; the rest are headers.
    /// </summary>
    public static string Of(Exception error)
    {
        var lines = new List<string>();
        for (var cause = error; cause is not null; cause = Cause(cause))
        {
            if (cause is not AggregateException && Line(cause) is var line && !lines.Contains(line))
            {
                lines.Add(line);
            }
        }

        var text = string.Join('\n', lines);
        return text.Length > Longest ? text[..Longest] + " ..." : text;
    }

    /// <summary>The same with the way that it came, for a log.</summary>
    public static string WithTrace(Exception error) => $"{Of(error)}\n{error.StackTrace}".TrimEnd();

    /// <summary>Of several the last, which is that of the last try.</summary>
    private static Exception? Cause(Exception error) =>
        error is AggregateException { InnerExceptions: [.., var last] } ? last : error.InnerException;

    private static string Line(Exception error)
    {
        var message = error is RequestFailedException { ErrorCode: { Length: > 0 } code } failed
            ? $"{FirstLine(failed.Message)} ({failed.Status} {code})"
            : string.Join(' ', error.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return $"{error.GetType().Name}: {Clean(message)}";
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();

    /// <summary>Addresses of people, what follows the question mark of a URL, and what could be a key are left out.</summary>
    private static string Clean(string message) =>
        Secret().Replace(Query().Replace(Address().Replace(message, "<address>"), "?<left out>"), "<left out>");

    [GeneratedRegex(@"[^\s<>""'(),;:]+@[^\s<>""'(),;:]+\.[^\s<>""'(),;:.]+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<=https?://[^\s?""']{1,500})\?[^\s""'>]+")]
    private static partial Regex Query();

    // Long, without a space, and with digits in it: Base64, hexadecimal, a JWT. A type's or a method's name has no digits.
    [GeneratedRegex(@"(?<![\w/+=.-])(?=[\w/+=.-]*\d)(?=[\w/+=.-]*[A-Za-z])[A-Za-z0-9_+=-][\w+=.-]{31,}(?![\w/+=-])")]
    private static partial Regex Secret();
}
