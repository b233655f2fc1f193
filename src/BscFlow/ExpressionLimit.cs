using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace BscFlow;

/// <summary>
/// How long a regular expression may try. Texts come from anybody, and one that is made to keep an expression trying costs one
/// request or one mail, not a core for good.
/// </summary>
internal static class ExpressionLimit
{
    /// <summary>Far more than any text needs, also on a machine that does other things too.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Before any expression of this assembly is made: each takes the limit that is set then.</summary>
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "No caller may come before it, and every front loads this assembly.")]
    internal static void Set() => AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", Longest);
}
