using System.Text;
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

    /// <summary>Characters of the JSON: what a property of a table holds.</summary>
    private const int LongestStored = 32_000;

    /// <summary>The quotes around an assessment, and the comma behind it.</summary>
    private const int Around = 3;

    /// <returns>Null where nothing was written.</returns>
    public static string? Write(IReadOnlyList<string?> assessments)
    {
        var each = LongestOf(assessments.Count);
        var room = (LongestStored / assessments.Count) - Around;
        string?[] kept = [.. assessments.Select(text => KeptText.Of(KeptText.Of(text, each), room, SizeStored))];
        return kept.All(text => text is null) ? null : JsonSerializer.Serialize(kept, AssessmentJson.Plain.StringArray);
    }

    private static int SizeStored(Rune rune) =>
        rune.IsAscii && rune.Value is >= ' ' and not ('"' or '\\') ? 1 : AssessmentJson.Encoder.Encode(rune.ToString()).Length;

    public static IReadOnlyList<string?> Read(string? stored) =>
        stored is null ? [] : JsonSerializer.Deserialize(stored, AssessmentJson.Plain.StringArray) ?? [];
}

[JsonSerializable(typeof(string[]))]
internal sealed partial class AssessmentJson : JsonSerializerContext
{
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static AssessmentJson Plain => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = Encoder });
}
