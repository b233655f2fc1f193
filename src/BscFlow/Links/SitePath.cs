using System.Globalization;
using BscFlow.Storage;

namespace BscFlow.Links;

/// <summary>Where the files of a site are, from the committee's folder.</summary>
/// <remarks>
/// Every link names a file and is relative, so that the same bytes work from a folder on a disk, under any prefix of a static
/// site, and from the server. The feed and the calendar say where the site is by an address, where one is known.
/// </remarks>
public static class SitePath
{
    public const string Front = "index.html";
    public const string Actions = "actions.html";
    public const string Motions = "motions.html";
    public const string Members = "members.html";
    public const string Figures = "figures.html";
    public const string Search = "search.html";

    public const string Style = "style.css";
    public const string Icon = "icon.svg";
    public const string Script = "site.js";
    public const string SearchScript = "search.js";
    public const string SheetScript = "sheet.js";

    public const string Feed = "feed.atom";
    public const string Calendar = "calendar.ics";
    public const string SiteMap = "sitemap.xml";
    public const string OpenApi = "openapi.json";

    public static string Year(int year) => string.Create(CultureInfo.InvariantCulture, $"{year}.html");

    /// <summary><c>meetings/0062.html</c>; by its date where it has no number.</summary>
    public static string Meeting(int? number, DateOnly date) => $"meetings/{Keys.MeetingOrDay(number, date)}.html";

    /// <summary><c>motions/2025-07-charter.html</c>.</summary>
    public static string Motion(string id) => $"motions/{id}.html";

    /// <summary>The file with which anyone can count the votes of a motion again.</summary>
    public static string Tally(string motion) => $"motions/{motion}/tally.json";

    /// <summary>The page of all action items that the meetings of a year stated.</summary>
    public static string ActionYear(int year) => string.Create(CultureInfo.InvariantCulture, $"actions/{year}.html");

    /// <summary>
    /// The lasting place of an action item: open or closed, it stays on the page of the year in which it was stated.
    /// </summary>
    /// <param name="opened">Day of the meeting that stated it.</param>
    public static string Action(string id, DateOnly opened) => $"{ActionYear(opened.Year)}#{ActionAnchor(id)}";

    /// <summary>The same wherever an item can be linked to: in both lists of items, and in the notes of each meeting.</summary>
    public static string ActionAnchor(string id) => $"action-{id}";

    /// <summary>In the notes of a meeting.</summary>
    /// <param name="number">From 1, in the order of the minutes.</param>
    public static string DecisionAnchor(int number) => string.Create(CultureInfo.InvariantCulture, $"decision-{number}");

    /// <summary>The data of a page: the same path, with the ending <c>.json</c>.</summary>
    public static string Data(string page) => WithEnding(page, ".json");

    /// <summary>The text that people wrote: the same path, with the ending <c>.md</c>.</summary>
    public static string Source(string page) => WithEnding(page, ".md");

    /// <summary>The link from one page to another.</summary>
    /// <param name="from">Path of the page that the link stands on.</param>
    public static string Link(string from, string to)
    {
        var levels = from.AsSpan().Count('/');
        return levels switch
        {
            0 => to,
            1 => string.Concat("../", to),
            _ => string.Concat(string.Concat(Enumerable.Repeat("../", levels)), to),
        };
    }

    private static string WithEnding(string page, string ending) =>
        string.Concat(page.AsSpan(0, page.LastIndexOf('.')), ending);
}
