using System.Text;
using System.Text.Encodings.Web;
using BscFlow.Links;
using BscFlow.Publishing.Data;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing.Pages;

/// <summary>What stands around each page and is nearly the same on all of them: written as text, in half of the time.</summary>
internal readonly struct AroundPage(SiteFrame frame, string page)
{
    public MarkupString Links(bool hasData, string script)
    {
        var name = HtmlEncoder.Default.Encode(frame.Name);
        var data = hasData && frame.HasData
            ? $"""

                    <link rel="alternate" type="application/json" href="{To(SitePath.Data(page))}">
                """
            : "";
        return new($"""
            <link rel="stylesheet" href="{To(SitePath.Style)}">
                <link rel="icon" type="image/svg+xml" href="{To(SitePath.Icon)}">
                <link rel="alternate" type="application/atom+xml" title="{name}" href="{To(SitePath.Feed)}">{data}
                <script src="{To(script)}" defer></script>
            """);
    }

    /// <param name="section">As <see cref="ArchiveLayout.Section"/>.</param>
    public MarkupString Header(string? section)
    {
        var sections = new StringBuilder();
        if (frame.LatestYear is { } year)
        {
            AddSection(sections, SitePath.Year(year), "Meetings", section);
        }

        AddSection(sections, SitePath.Actions, "Action items", section);
        AddSection(sections, SitePath.Motions, "Motions", section);
        AddSection(sections, SitePath.Members, "Members", section);
        AddSection(sections, SitePath.Figures, "Figures", section);
        if (frame.HasData)
        {
            AddSection(sections, SitePath.Search, "Search", section);
        }

        return new($"""
            <header class="site">
                    <a class="skip" href="#main">Skip to content</a>
                    <a class="name" href="{To(SitePath.Front)}">{HtmlEncoder.Default.Encode(frame.Name)}</a>
                    <nav aria-label="Site"><ul>{sections}</ul></nav>
                </header>
            """);
    }

    /// <param name="source">As <see cref="ArchiveLayout.Source"/>.</param>
    public MarkupString Footer(bool hasData, string? source)
    {
        var written = source is not null && frame.HasData ? Item(source, "As it was written") : "";
        var data = hasData && frame.HasData ? Item(SitePath.Data(page), "As data") : "";
        var calendar = frame.HasData ? Item(SitePath.Calendar, "Calendar") : "";
        return new($"""
            <footer class="site">
                    <ul>{written}{data}{Item(SitePath.Feed, "Feed")}{calendar}{Item(SitePath.OpenApi, "For programs")}</ul>
                    <p>Kept by BscFlow, the committee’s secretary.</p>
                </footer>
            """);
    }

    private void AddSection(StringBuilder sections, string path, string label, string? section)
    {
        sections.Append("<li><a href=\"").Append(To(path)).Append('"')
            .Append(path == page ? " aria-current=\"page\"" : path == section ? " aria-current=\"true\"" : "")
            .Append('>').Append(label).Append("</a></li>");
    }

    private string Item(string path, string label) => $"<li><a href=\"{To(path)}\">{label}</a></li>";

    /// <summary>Of a site's own paths, which have nothing in them that would be markup.</summary>
    private string To(string path) => SitePath.Link(page, path);
}
