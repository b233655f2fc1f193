using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Minutes;

/// <summary>Findings for people and for programs.</summary>
public static class FindingReport
{
    private static readonly FindingJson Json = new(new JsonSerializerOptions(FindingJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>One line a finding: <c>2025.md:12: empty-chair: #62 does not say who was in the chair. Fix: …</c>.</summary>
    public static void WriteText(TextWriter writer, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            var fix = finding.Fix is null ? "" : $" Fix: {finding.Fix}";
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{finding.File}:{finding.Line}: {KindName(finding.Kind)}: {finding.Message}{fix}"));
        }
    }

    /// <summary>Objects <c>{file, line, meeting, kind, message, fix}</c> in an array; fix only where there is one.</summary>
    public static void WriteJson(Stream stream, IReadOnlyList<Finding> findings) =>
        JsonSerializer.Serialize(stream, findings, Json.IReadOnlyListFinding);

    private static string KindName(FindingKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
internal sealed partial class FindingJson : JsonSerializerContext;
