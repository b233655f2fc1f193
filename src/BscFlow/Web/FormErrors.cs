namespace BscFlow.Web;

/// <summary>What is wrong with a form, in sentences, by the name of the field.</summary>
internal static class FormErrors
{
    /// <summary>The first sentence about a field; null where nothing is wrong with it.</summary>
    public static string? Of(this IReadOnlyDictionary<string, string[]> errors, string field) =>
        errors.TryGetValue(field, out var sentences) ? sentences[0] : null;
}
