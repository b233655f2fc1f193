using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Mailboxes;
using BscFlow.GraphEmulator.OData;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>A request for one mailbox that the app may open.</summary>
internal sealed class GraphCall
{
    private readonly HttpContext _context;

    private GraphCall(HttpContext context, Mailbox mailbox)
    {
        _context = context;
        Mailbox = mailbox;
        Preferences = Preferences.Of(context.Request.Headers["Prefer"]);
        Query = Query.Of(context.Request.Query);
        if (Preferences.Applied is { } applied)
        {
            context.Response.Headers["Preference-Applied"] = applied;
        }
    }

    public Mailbox Mailbox { get; }

    public Preferences Preferences { get; }

    public Query Query { get; }

    public string Root => $"{_context.Request.Scheme}://{_context.Request.Host}{GraphPath.Version}";

    public HttpRequest Request => _context.Request;

    /// <summary>Bound by minimal APIs from the route's {user}.</summary>
    /// <exception cref="GraphRefusal">No such mailbox, or one that the app may not open.</exception>
    public static ValueTask<GraphCall?> BindAsync(HttpContext context)
    {
        var user = (string)context.Request.RouteValues["user"]!;
        var services = context.RequestServices;
        var mailbox = services.GetRequiredService<MailStore>().Find(user)
            ?? throw new GraphRefusal(404, "ErrorInvalidUser", $"The requested user '{user}' is invalid.");
        services.GetRequiredService<AppAccess>().Demand(mailbox.Address);
        return ValueTask.FromResult<GraphCall?>(new GraphCall(context, mailbox));
    }

    public async Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class => await ReadAsync(_context.Request, type);

    /// <exception cref="GraphRefusal">Not JSON, or with a property or value that the type does not have.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(request.Body, type, request.HttpContext.RequestAborted)
                ?? throw GraphRefusal.BadRequest("Empty Payload. JSON content expected.");
        }
        catch (JsonException error)
        {
            throw GraphRefusal.BadRequest($"Unable to read JSON request payload: {error.Message}", "RequestBodyRead");
        }
    }

    /// <summary>For actions whose body may be left out.</summary>
    public async Task<T?> ReadOptionalAsync<T>(JsonTypeInfo<T> type)
        where T : class =>
            _context.Request.ContentLength is null or 0 && !_context.Request.Headers.ContainsKey("Transfer-Encoding")
            ? null
            : await ReadAsync(type);

    public StoredMessage Message(string id) => Mailbox.Message(id) ?? throw GraphRefusal.ItemNotFound();

    public StoredEvent Event(string id) => Mailbox.Event(id) ?? throw GraphRefusal.ItemNotFound();

    public StoredFolder Folder(string name) => Mailbox.Folder(name)
        ?? throw new GraphRefusal(404, "ErrorItemNotFound", "The specified folder could not be found in the store.");

    /// <exception cref="GraphRefusal">The item changed since the client read it.</exception>
    public void DemandUnchanged(long changed)
    {
        var wanted = _context.Request.Headers.IfMatch.ToString();
        if (wanted is not ("" or "*") && wanted != EntityMarks.ETag(changed))
        {
            throw new GraphRefusal(
                412,
                "ErrorIrresolvableConflict",
                "The send or update operation could not be performed because the change key passed in the request does not match "
                + "the current change key for the item.");
        }
    }

    public GraphAnswer One(JsonObject entity, string collection, int status = StatusCodes.Status200OK)
    {
        entity.Insert(0, "@odata.context", $"{Context(collection)}/$entity");
        return new GraphAnswer(status, entity);
    }

    /// <summary>One page of a list, in the client's order or the given one.</summary>
    public GraphAnswer Page<T>(
        IEnumerable<T> items, string collection, Func<string, Func<T, object?>?> comparable, Func<T, JsonObject> write)
    {
        var ordered = Ordered(items, comparable);
        var all = ordered.ToList();
        var size = Query.Top ?? Preferences.MaxPageSize ?? 10;
        var page = new JsonArray([.. all.Skip(Query.Skip).Take(size).Select(write)]);
        var body = new JsonObject { ["@odata.context"] = Context(collection) };
        if (Query.Count)
        {
            body["@odata.count"] = all.Count;
        }

        body["value"] = page;
        if (Query.Skip + size < all.Count)
        {
            body["@odata.nextLink"] = NextLink(Query.Skip + size);
        }

        return new GraphAnswer(StatusCodes.Status200OK, body);
    }

    private IEnumerable<T> Ordered<T>(IEnumerable<T> items, Func<string, Func<T, object?>?> comparable)
    {
        IOrderedEnumerable<T>? ordered = null;
        foreach (var (property, descending) in Query.OrderBy)
        {
            var value = comparable(property) ?? throw GraphRefusal.BadRequest($"Could not find a property named '{property}'.");
            ordered = (ordered, descending) switch
            {
                (null, false) => items.OrderBy(value),
                (null, true) => items.OrderByDescending(value),
                (_, false) => ordered.ThenBy(value),
                (_, true) => ordered.ThenByDescending(value),
            };
        }

        return ordered ?? items;
    }

    private string Context(string collection) =>
        $"{Root}/$metadata#users('{Uri.EscapeDataString(Mailbox.Address)}')/{collection}"
        + (Query.Select is { } select ? $"({string.Join(',', select)})" : "");

    private string NextLink(int skip)
    {
        var options = _context.Request.Query.Where(option => !option.Key.Equals("$skip", StringComparison.OrdinalIgnoreCase))
            .Select(option => $"{option.Key}={Uri.EscapeDataString(option.Value.ToString())}")
            .Append($"$skip={skip}");
        var path = string.Join('/', GraphPath.WithoutVersion(_context.Request).Split('/').Select(Uri.EscapeDataString));
        return $"{Root}{path}?{string.Join('&', options)}";
    }
}

/// <summary>Which mailboxes the app may open.</summary>
internal sealed class AppAccess(GraphEmulatorOptions options)
{
    /// <exception cref="GraphRefusal">Not this one.</exception>
    public void Demand(string mailbox)
    {
        if (options.AppAccess is { } open && !open.Contains(mailbox, StringComparer.OrdinalIgnoreCase))
        {
            throw new GraphRefusal(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }
    }
}
