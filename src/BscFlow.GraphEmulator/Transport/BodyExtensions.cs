using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Transport;

/// <summary>A body as text or as HTML, whichever it was written in.</summary>
internal static class BodyExtensions
{
    private const int PreviewLength = 255;

    extension(ItemBody body)
    {
        public string AsText() => body.ContentType == BodyType.Html ? HtmlText.ToText(body.Content ?? "") : body.Content ?? "";

        public string AsHtml() => body.ContentType == BodyType.Html ? body.Content ?? "" : HtmlText.ToHtml(body.Content ?? "");

        public ItemBody As(BodyType type) => ItemBody.Of(type, type == BodyType.Html ? body.AsHtml() : body.AsText());

        /// <summary>The beginning of the text, as lists show it.</summary>
        public string Preview()
        {
            var text = body.AsText().Trim();
            return text.Length > PreviewLength ? text[..PreviewLength] : text;
        }
    }
}
