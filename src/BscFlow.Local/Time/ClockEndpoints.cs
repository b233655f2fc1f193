using System.Xml;
using BscFlow.GraphEmulator.Transport;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Local.Time;

/// <summary>What the buttons of the <see cref="TimeBar"/> do, and the same for programs.</summary>
internal static class ClockEndpoints
{
    /// <summary>A page is not kept waiting longer; the work goes on behind it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <remarks>
    /// <c>POST /clock/advance</c> with <c>to</c>, a moment, or <c>by</c>, a span such as <c>P1D</c> or the word <c>next</c>, in the
    /// address or in a form. It answers when all that became due is done: with the time, or, where a form gives <c>back</c>,
    /// with that page.
    /// </remarks>
    /// <param name="zone">In which a moment without offset is read.</param>
    public static void MapClock(this IEndpointRouteBuilder routes, TimeZoneInfo zone)
    {
        var clock = routes.MapGroup("/clock").DisableAntiforgery();
        clock.MapGet("", (TimeProvider time) => Now(time));
        clock.MapGet("/clock.css", () => TypedResults.PhysicalFile(StyleSheet, "text/css"));
        clock.MapPost(
            "/advance",
            (HttpRequest request, TimeTravel travel, TimeProvider time, IHostApplicationLifetime life) =>
                AdvanceAsync(request, zone, travel, time, life));
    }

    private static string StyleSheet => Path.Combine(AppContext.BaseDirectory, "Time", "clock.css");

    private static async Task<IResult> AdvanceAsync(
        HttpRequest request, TimeZoneInfo zone, TimeTravel travel, TimeProvider time, IHostApplicationLifetime life)
    {
        if (request.IsFromElsewhere())
        {
            return TypedResults.Problem(
                "Only this site's own pages move its clock.", statusCode: StatusCodes.Status403Forbidden);
        }

        var form = request.HasFormContentType
            ? await request.ReadFormAsync(request.HttpContext.RequestAborted)
            : FormCollection.Empty;
        string? Sent(string name) => request.Query[name] is [{ } value, ..] ? value : form[name];

        // A move is finished even when nobody waits for it any more.
        if (Move(Sent("to"), Sent("by"), zone, travel, life.ApplicationStopping) is not { } move)
        {
            return TypedResults.Problem(
                "Give a moment (?to=2025-10-01T09:00) or a span (?by=PT1H, ?by=P1D, ?by=next).",
                statusCode: StatusCodes.Status400BadRequest);
        }

        if (Sent("back") is not { } back)
        {
            await move;
            return Now(time);
        }

        await Task.WhenAny(move, Task.Delay(Patience, CancellationToken.None));
        if (move.IsFaulted)
        {
            await move;
        }

        return TypedResults.Redirect(RedirectHttpResult.IsLocalUrl(back) ? back : "/");
    }

    private static Task? Move(
        string? to, string? by, TimeZoneInfo zone, TimeTravel travel, CancellationToken cancellationToken) => (to, by) switch
        {
            ({ } moment, null) when Moment.TryParse(moment, zone, out var end) => travel.MoveToAsync(end, cancellationToken),
            (null, "next") => travel.MoveToNextAsync(cancellationToken),
            (null, { } text) when TryParseSpan(text, out var span) => travel.MoveByAsync(span, cancellationToken),
            _ => null,
        };

    private static bool TryParseSpan(string text, out TimeSpan span)
    {
        try
        {
            span = XmlConvert.ToTimeSpan(text);
            return span > TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            span = default;
            return false;
        }
    }

    private static ContentHttpResult Now(TimeProvider time) => TypedResults.Text(Moment.Write(time.GetUtcNow()));
}
