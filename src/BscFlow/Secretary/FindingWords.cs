using System.Text.Json;
using BscFlow.Minutes;

namespace BscFlow.Secretary;

/// <summary>Kinds of findings for people: "missing duration".</summary>
public static class FindingWords
{
    public static string Of(FindingKind kind) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()).Replace('-', ' ');
}
