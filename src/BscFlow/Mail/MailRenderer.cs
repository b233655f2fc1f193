using BscFlow.Mail.Messages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace BscFlow.Mail;

/// <summary>A message as it leaves, in both forms.</summary>
public sealed record RenderedMail(string Subject, string Html, string Text)
{
    /// <summary>Ready for the outbox.</summary>
    /// <param name="key">As in <see cref="OutgoingMail.Key"/>.</param>
    /// <param name="asText">The reader wants plain text.</param>
    public OutgoingMail To(string key, Recipient recipient, bool asText) => new()
    {
        Key = key,
        To = [recipient],
        Subject = Subject,
        Html = Html,
        Text = Text,
        AsText = asText,
    };
}

/// <summary>Turns a message into subject, HTML and plain text.</summary>
public sealed class MailRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<RenderedMail> RenderAsync(Message message)
    {
        // A renderer keeps every component it rendered until it is disposed of.
        await using var renderer = new HtmlRenderer(services, loggers);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { ["Mail"] = message });
            return (await renderer.RenderComponentAsync(message.Html, parameters)).ToHtmlString();
        });
        return new(SubjectLine.Of(message.Subject), html, message.Text());
    }
}
