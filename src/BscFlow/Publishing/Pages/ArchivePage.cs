using BscFlow.Links;
using BscFlow.Publishing.Data;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing.Pages;

/// <summary>
/// A published page: what it shows is in its parameters and nowhere else, as a page is rendered again only when they change.
/// </summary>
public abstract class ArchivePage<TData> : ComponentBase
{
    [Parameter, EditorRequired]
    public required SiteFrame Frame { get; set; }

    /// <summary>As in <see cref="SitePath"/>.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Parameter, EditorRequired]
    public required TData Data { get; set; }

    /// <summary>Text that people wrote, as clean HTML; empty where the page has none.</summary>
    [Parameter]
    public string Notes { get; set; } = "";

    /// <summary>The link from this page to another.</summary>
    protected string Link(string to) => SitePath.Link(Path, to);
}
