using BscFlow.Storage;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The audit, for a person to look at: what was done, and by whom.</summary>
internal static class AuditDesk
{
    private const int Most = 100;

    /// <param name="before">Sequence of the event before which the page begins; none: it begins with the latest.</param>
    public static async Task<RazorComponentResult<AuditPage>> ListAsync(
        InForce inForce, [FromQuery] long? before, AuditLog audit, CancellationToken cancellationToken) =>
        new(new { inForce.Charter, Entries = await audit.LatestAsync(inForce.Id, before, Most, cancellationToken) });
}
