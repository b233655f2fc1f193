using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.Transport;
using Microsoft.Extensions.Primitives;

namespace BscFlow.GraphEmulator.Pages;

/// <summary>A form sent from a mailbox's page.</summary>
internal sealed class PageCall
{
    private readonly HttpContext _context;
    private readonly IFormCollection _form;

    private PageCall(HttpContext context, IFormCollection form)
    {
        _context = context;
        _form = form;
    }

    /// <summary>A field of the form, with the line ends of a mail; empty when it was left out.</summary>
    public string this[string field] =>
        _form[field] is { } value && !StringValues.IsNullOrEmpty(value) ? value.ToString().ReplaceLineEndings("\n") : "";

    public IReadOnlyList<string> Addresses =>
        this["to"].Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What was chosen from a list.</summary>
    public T Choice<T>(string field, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(this[field], out var chosen) ? chosen : otherwise;

    /// <summary>Bound by minimal APIs.</summary>
    public static async ValueTask<PageCall?> BindAsync(HttpContext context) =>
        context.Request.HasFormContentType
            ? new PageCall(context, await context.Request.ReadFormAsync(context.RequestAborted))
            : throw new BadHttpRequestException("A form is expected.", StatusCodes.Status415UnsupportedMediaType);

    /// <summary>Does it as the mailbox's owner, then shows the page at <paramref name="then"/>.</summary>
    public IResult Act(Action<Person> action, string then)
    {
        var services = _context.RequestServices;
        var store = services.GetRequiredService<MailStore>();
        var address = (string)_context.Request.RouteValues["address"]!;
        if (store.Find(address) is not { } mailbox)
        {
            return Results.NotFound();
        }

        try
        {
            action(
                new Person(store, services.GetRequiredService<Delivery>(), services.GetRequiredService<Invitations>(), mailbox));
        }
        catch (Exception error) when (error is ArgumentException or MimeKit.ParseException)
        {
            return Results.Text(error.Message, statusCode: StatusCodes.Status400BadRequest);
        }

        _context.Response.Headers.Location = PageText.MailboxPath(mailbox.Address) + then;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
