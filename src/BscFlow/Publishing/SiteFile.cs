namespace BscFlow.Publishing;

/// <summary>When a file is put in place: a stage begins when the one before is there, so that no link leads nowhere.</summary>
public enum SiteStage
{
    /// <summary>Style sheet, icon, data: what pages use.</summary>
    Asset,

    /// <summary>The page of one thing.</summary>
    Page,

    /// <summary>A page that lists others.</summary>
    Index,
}

/// <summary>One file of a committee's public site.</summary>
/// <param name="Path">From the committee's folder, with forward slashes, such as <c>meetings/0062.html</c>.</param>
public sealed record SiteFile(string Path, string ContentType, SiteStage Stage, ReadOnlyMemory<byte> Content);
