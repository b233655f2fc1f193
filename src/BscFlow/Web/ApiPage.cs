using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>How programs read a list that may be long: some at a time, each page naming the next in its header Link (RFC 8288).</summary>
/// <param name="After">What the last page ended with; null: from the beginning.</param>
/// <param name="Most">How many are wanted.</param>
internal sealed record ApiPage(string? After, int? Most)
{
    public const int Default = 200;

    /// <summary>As many rows as a table gives at once.</summary>
    public const int Largest = 1_000;

    public string Start => After ?? "";

    public int Size => Most ?? Default;

    /// <summary>Refuses to list none, or more than <see cref="Largest"/>: who asks for either means something else.</summary>
    public static ValueTask<object?> InRangeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.Query["most"].ToString() is var asked
        && int.TryParse(asked, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var most)
        && most is < 1 or > Largest
            ? ValueTask.FromResult<object?>(Invalid.Field("most", $"Ask for 1 to {Largest} at a time."))
            : next(context);

    /// <summary>Says where the next page is, if this one is full.</summary>
    /// <param name="key">Of an entry, as the next page's <see cref="After"/>.</param>
    public IReadOnlyList<T> Tell<T>(HttpContext context, IReadOnlyList<T> page, Func<T, string> key)
    {
        if (page.Count == Size)
        {
            var request = context.Request;
            var next = QueryString.Create(request.Query.Where(asked => asked.Key is not ("after" or "most")))
                .Add("after", key(page[^1]))
                .Add("most", Size.ToString(CultureInfo.InvariantCulture));
            context.Response.Headers.Link = $"<{request.PathBase}{request.Path}{next}>; rel=\"next\"";
        }

        return page;
    }
}
