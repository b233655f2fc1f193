using BscFlow.Committee;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BscFlow.Web;

/// <summary>The charter of the committee that a route names; a parameter of every handler below <c>{committee}</c>.</summary>
public sealed record InForce(Charter Charter)
{
    public string Id => Charter.Id;

    /// <exception cref="BadHttpRequestException">404: there is no such committee.</exception>
    public static async ValueTask<InForce?> BindAsync(HttpContext context)
    {
        if (context.Features.Get<InForce>() is { } known)
        {
            return known;
        }

        var charters = context.RequestServices.GetRequiredService<CharterStore>();
        var id = (string)context.GetRouteValue("committee")!;
        var charter = CharterValues.IsId(id) ? await charters.FindAsync(id, context.RequestAborted) : null;
        var inForce = charter is not null
            ? new InForce(charter)
            : throw new BadHttpRequestException("There is no such committee here.", StatusCodes.Status404NotFound);
        context.Features.Set(inForce);
        return inForce;
    }
}
