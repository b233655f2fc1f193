using System.Text.RegularExpressions;
using BscFlow.Mail;

namespace BscFlow.Votes.Opening;

/// <summary>What a chair writes who is asked whether to open a motion.</summary>
internal static partial class OpeningWords
{
    /// <param name="first">The first written line; it must say this and nothing else.</param>
    public static bool Open(string first) => Yes.IsMatch(PlainLine.Of(first));

    /// <inheritdoc cref="Open"/>
    public static bool LeaveClosed(string first) => No.IsMatch(PlainLine.Of(first));

    [GeneratedRegex(
        @"^(?:(?:yes|ok(?:ay)?)[,.! ]*)?(?:please[, ]+)?(?:open(?: (?:it|the (?:vote|motion)))?|go ahead|yes|\+1)(?:[, ]+please)?[\s.!]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Yes { get; }

    [GeneratedRegex(
        @"^(?:no(?:[,.! ]+(?:thanks?|thank you))?|-1|(?:no[,. ]+)?(?:please )?do(?: not|n['\u2019]t) open(?: it)?|not now|leave it)[\s.!]*$",
        RegexOptions.IgnoreCase)]
    private static partial Regex No { get; }
}
