using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace BscFlow.Committee;

/// <summary>One thing wrong with a charter.</summary>
/// <param name="Field">Path of the field, such as <c>members[2].addresses[0]</c>; empty for the file as a whole.</param>
/// <param name="Message">What is wrong, as a sentence whose subject is the field.</param>
public sealed record CharterError(string Field, string Message)
{
    public override string ToString() =>
        $"{(Field.Length == 0 ? "The charter" : Field)} {Message}{(Message.EndsWith('?') ? "" : ".")}";
}

/// <summary>A charter that cannot be used, with everything that is wrong with it.</summary>
public sealed class InvalidCharterException(IReadOnlyList<CharterError> errors)
    : Exception(string.Join(Environment.NewLine, errors))
{
    public IReadOnlyList<CharterError> Errors { get; } = errors;
}

/// <summary>Reads <c>charter.json</c> and checks all of it.</summary>
/// <remarks>Comments and a comma after the last item are allowed: people write this file.</remarks>
public static class CharterReader
{
    /// <summary>
    /// A field that stands twice would say one thing to who reads the first, and another to who reads the last.
    /// </summary>
    internal static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    /// <exception cref="InvalidCharterException">Names every wrong field, or the line where the JSON breaks off.</exception>
    public static Charter Read(ReadOnlySpan<byte> json)
    {
        var errors = new CharterErrors();
        var root = Parse(json);
        if (!CharterShape.Fit(root, CharterJson.Default.CharterFile, "", errors))
        {
            throw new InvalidCharterException(errors.All);
        }

        var charter = new CharterChecks(errors).Check(root.Deserialize(CharterJson.Default.CharterFile)!);
        return errors.All is [] ? charter : throw new InvalidCharterException(errors.All);
    }

    private static JsonNode? Parse(ReadOnlySpan<byte> json)
    {
        json = json.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (!Utf8.IsValid(json))
        {
            throw new InvalidCharterException([new("", "is not text in UTF-8")]);
        }

        try
        {
            return JsonNode.Parse(json, documentOptions: Lenient);
        }
        catch (JsonException exception)
        {
            throw new InvalidCharterException([new("", Located(exception))]);
        }
    }

    private static string Located(JsonException exception)
    {
        var reason = exception.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].TrimEnd('.', ' ');
        return exception.LineNumber is { } line
            ? $"is not valid JSON in line {line + 1}: {reason}"
            : $"is not valid JSON: {reason}";
    }
}
