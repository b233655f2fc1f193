namespace BscFlow.Mail.Messages;

/// <summary>Styles that stand inline, because mail programs drop style sheets; in px, the unit that all of them know.</summary>
/// <remarks>No colour is set but half-transparent grey, so that light and dark backgrounds both work.</remarks>
internal static class MailStyle
{
    public const string Body =
        "margin:0 auto;max-width:640px;padding:16px;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif;"
        + "font-size:16px;line-height:1.5;overflow-wrap:break-word";

    public const string Heading = "margin:24px 0 8px;font-size:18px;line-height:1.3";

    public const string SmallHeading = "margin:16px 0 4px;font-size:16px;line-height:1.3";

    public const string List = "margin:8px 0;padding-left:24px";

    public const string Card =
        "margin:16px 0;padding:4px 0 4px 16px;border-left:4px solid rgba(128,128,128,.5)";

    /// <summary>The one thing to click; takes the colour that the reader's links have.</summary>
    public const string Button =
        "display:inline-block;padding:8px 16px;border:2px solid;border-radius:6px;font-weight:600;text-decoration:none";

    public const string Quote =
        "margin:24px 0;padding:8px 16px;border:1px solid rgba(128,128,128,.5);border-radius:6px";

    public const string Code = "white-space:pre-wrap;font-family:ui-monospace,Consolas,monospace;font-size:14px";

    public const string Footer =
        "margin-top:32px;padding-top:12px;border-top:1px solid rgba(128,128,128,.5);font-size:14px";
}
