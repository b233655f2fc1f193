namespace BscFlow.Mail.Messages;

/// <summary>Styles that stand inline, because mail programs drop style sheets.</summary>
/// <remarks>No colour is set but half-transparent grey, so that light and dark backgrounds both work.</remarks>
internal static class MailStyle
{
    public const string Body =
        "margin:0 auto;max-width:40rem;padding:1rem;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
        + "font-size:1rem;line-height:1.5;overflow-wrap:break-word";

    public const string Heading = "margin:1.5rem 0 .5rem;font-size:1.125rem;line-height:1.3";

    public const string SmallHeading = "margin:1rem 0 .25rem;font-size:1rem;line-height:1.3";

    public const string List = "margin:.5rem 0;padding-left:1.5rem";

    public const string Card =
        "margin:1rem 0;padding:.25rem 0 .25rem 1rem;border-left:4px solid rgba(128,128,128,.5)";

    /// <summary>The one thing to click; takes the colour that the reader's links have.</summary>
    public const string Button =
        "display:inline-block;padding:.5rem 1rem;border:2px solid;border-radius:.375rem;font-weight:600;text-decoration:none";

    public const string Quote =
        "margin:1.5rem 0;padding:.5rem 1rem;border:1px solid rgba(128,128,128,.5);border-radius:.375rem";

    public const string Code = "white-space:pre-wrap;font-family:ui-monospace,Consolas,monospace;font-size:.875rem";

    public const string Footer =
        "margin-top:2rem;padding-top:.75rem;border-top:1px solid rgba(128,128,128,.5);font-size:.875rem";
}
