using System.Globalization;
using BscFlow.Actions;

namespace BscFlow.Publishing;

/// <summary>Where the pages of a site are, from the committee's folder.</summary>
/// <remarks>
/// Every link names a file and is relative, so that the same bytes work from a folder on a disk, under any prefix of a static
/// site, and from the server.
/// </remarks>
public static class SitePath
{
    public const string Front = "index.html";
    public const string Actions = "actions.html";
    public const string Members = "members.html";
    public const string Style = "style.css";
    public const string Icon = "icon.svg";

    public static string Year(int year) => string.Create(CultureInfo.InvariantCulture, $"{year}.html");

    /// <summary>The year's minutes as they were written.</summary>
    public static string YearSource(int year) => string.Create(CultureInfo.InvariantCulture, $"{year}.md");

    /// <summary><c>meetings/0062.html</c>; by its date where it has no number.</summary>
    public static string Meeting(int? number, DateOnly date) => $"meetings/{ActionMention.KeyOf(number, date)}.html";

    /// <summary><c>motions/2025-07-charter.html</c>.</summary>
    public static string Motion(string id) => $"motions/{id}.html";

    /// <summary>What a motion's result can be counted again from.</summary>
    public static string Tally(string id) => $"motions/{id}/tally.json";

    /// <summary>Where the page of all action items has this one.</summary>
    public static string Action(string id) => $"{Actions}#{ActionAnchor(id)}";

    /// <summary>The same on that page and in the notes of each meeting that speaks of the item.</summary>
    public static string ActionAnchor(string id) => $"action-{id}";

    /// <summary>In the notes of a meeting.</summary>
    /// <param name="number">From 1, in the order of the minutes.</param>
    public static string DecisionAnchor(int number) => string.Create(CultureInfo.InvariantCulture, $"decision-{number}");

    /// <summary>The link from one page to another.</summary>
    /// <param name="from">Path of the page that the link stands on.</param>
    public static string Link(string from, string to) =>
        string.Concat(string.Concat(Enumerable.Repeat("../", from.Count(character => character == '/'))), to);
}
