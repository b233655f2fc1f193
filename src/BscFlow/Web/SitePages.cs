using Azure;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.Publishing;
using BscFlow.Storage;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Web;

/// <summary>The public archive, as it was published to the site container.</summary>
internal static class SitePages
{
    /// <summary>The committees of this deployment; with one alone, its archive.</summary>
    public static async Task<IResult> IndexAsync(CharterStore charters, CancellationToken cancellationToken)
    {
        var committees = new List<Charter>();
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(id, cancellationToken) is { } charter)
            {
                committees.Add(charter);
            }
        }

        return committees is [var only]
            ? TypedResults.Redirect($"/{only.Id}/")
            : new RazorComponentResult<CommitteesPage>(new { Committees = committees });
    }

    public static async Task<IResult> GetAsync(
        InForce inForce,
        string? path,
        HttpRequest request,
        BlobServiceClient blobs,
        PublishSite publishSite,
        CancellationToken cancellationToken)
    {
        // Links on the pages are relative to the committee's folder.
        if (path is null && !request.Path.Value!.EndsWith('/'))
        {
            return TypedResults.Redirect($"/{inForce.Id}/", permanent: true);
        }

        var file = string.IsNullOrEmpty(path) || path.EndsWith('/') ? $"{path}index.html" : path;
        var blob = blobs.GetBlobContainerClient(Keys.SiteContainer).GetBlobClient(Keys.SiteBlob(inForce.Id, file));
        var found = await ReadAsync(blob, cancellationToken);
        if (found is null && file == SitePath.Front)
        {
            // A charter that was just put in force; from then on each step publishes.
            await publishSite.RunAsync(inForce.Charter, cancellationToken);
            found = await ReadAsync(blob, cancellationToken);
        }

        return found ?? (IResult)new RazorComponentResult<MissingPage>(new { request.Path })
        {
            StatusCode = StatusCodes.Status404NotFound,
        };
    }

    private static async Task<IResult?> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await blob.DownloadContentAsync(cancellationToken);
            var details = answer.Value.Details;
            return TypedResults.Bytes(
                answer.Value.Content.ToMemory(),
                details.ContentType,
                lastModified: details.LastModified,
                entityTag: new EntityTagHeaderValue(details.ETag.ToString("H")));
        }
        catch (RequestFailedException missing) when (missing.Status is 404 or 400)
        {
            return null;
        }
    }
}
