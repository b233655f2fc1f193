using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Votes.Options;

/// <summary>What a voter wrote of each option, as it is stored: a JSON array with <c>null</c> where nothing was.</summary>
public static class AssessmentText
{
    /// <summary>Characters of all of a ballot's assessments that are kept: what a row of a table holds beside the rest.</summary>
    public const int Longest = 20_000;

    /// <summary>Characters of one assessment that are kept.</summary>
    /// <param name="options">How many the ballot has.</param>
    public static int LongestOf(int options) => Longest / options;

    /// <returns>Null where nothing was written.</returns>
    public static string? Write(IReadOnlyList<string?> assessments)
    {
        if (assessments.All(string.IsNullOrWhiteSpace))
        {
            return null;
        }

        var each = LongestOf(assessments.Count);
        string?[] kept = [.. assessments.Select(text => text?.Length > each ? $"{text[..(each - 1)]}…" : text)];
        return JsonSerializer.Serialize(kept, AssessmentJson.Plain.StringArray);
    }

    public static IReadOnlyList<string?> Read(string? stored) =>
        stored is null ? [] : JsonSerializer.Deserialize(stored, AssessmentJson.Plain.StringArray) ?? [];
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class AssessmentJson : JsonSerializerContext
{
    public static AssessmentJson Plain =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
