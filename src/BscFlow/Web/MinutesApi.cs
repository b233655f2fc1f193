using System.ComponentModel.DataAnnotations;
using System.Text;
using Azure;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The minutes of a meeting for programs, as <c>text/markdown</c>.</summary>
internal static class MinutesApi
{
    /// <summary>A year of minutes has some 100 KB; one meeting's are far smaller.</summary>
    internal const int Largest = 1024 * 1024;

    public static async Task<IResult> GetAsync(
        InForce inForce,
        string meeting,
        MeetingStore meetings,
        MinutesStore minutes,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (await meetings.FindAsync(inForce.Id, MeetingApi.Row(meeting), cancellationToken) is not { } found
            || await minutes.FindAsync(inForce.Id, inForce.Charter.DayOf(found).Year, found.Row, cancellationToken) is not { } stored)
        {
            return TypedResults.NotFound();
        }

        response.Headers.ETag = stored.ETag.ToString("H");
        return TypedResults.Text(stored.Text, "text/markdown", Encoding.UTF8);
    }

    public static async Task<IResult> PutAsync(
        InForce inForce,
        Actor who,
        string meeting,
        [FromHeader(Name = "If-Match"), Required] string? over,
        HttpRequest request,
        SaveMinutes save,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(over))
        {
            return TypedResults.Problem(
                "Say in If-Match which version the text replaces; a GET gives it as ETag.",
                statusCode: StatusCodes.Status428PreconditionRequired);
        }

        if (await ReadTextAsync(request, cancellationToken) is not { } text)
        {
            return TypedResults.Problem(
                $"The minutes are not UTF-8 text of at most {Largest / 1024} KB.", statusCode: StatusCodes.Status400BadRequest);
        }

        var outcome = await save.RunAsync(
            inForce.Charter, MeetingApi.Row(meeting), text, new ETag(over), who.Name, cancellationToken);
        switch (outcome)
        {
            case SaveMinutesOutcome.Saved saved:
                request.HttpContext.Response.Headers.ETag = saved.ETag.ToString("H");
                return TypedResults.NoContent();
            case SaveMinutesOutcome.LostRace lost:
                request.HttpContext.Response.Headers.ETag = lost.Current.ToString("H");
                return TypedResults.Problem(
                    $"Somebody saved since you read. Your text is kept as {lost.KeptAs}; the other one stands.",
                    statusCode: StatusCodes.Status412PreconditionFailed);
            case SaveMinutesOutcome.Refused refused:
                return TypedResults.Problem(
                    $"Line {refused.Line}: {refused.Reason}", statusCode: StatusCodes.Status422UnprocessableEntity);
            default:
                return TypedResults.NotFound();
        }
    }

    public static async Task<IResult> PublishAsync(
        InForce inForce,
        Actor who,
        string meeting,
        PublishMinutes publish,
        CancellationToken cancellationToken)
    {
        return await publish.PublishNowAsync(inForce.Charter, MeetingApi.Row(meeting), who.Name, cancellationToken) switch
        {
            PublishOutcome.Published => TypedResults.NoContent(),
            PublishOutcome.NotYet not => TypedResults.Problem(not.Reason, statusCode: StatusCodes.Status409Conflict),
            _ => TypedResults.NotFound(),
        };
    }

    private static async Task<string?> ReadTextAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Largest)
        {
            return null;
        }

        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > Largest)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
