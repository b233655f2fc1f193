using BscFlow.Committee;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>Who comes to the desk or to the programming interface: a person whose addresses are proved, or the holder of a key.</summary>
public abstract record Visitor
{
    private Visitor()
    {
    }

    /// <param name="Addresses">All by which the person was signed in.</param>
    public sealed record Person(IReadOnlyList<string> Addresses) : Visitor;

    /// <param name="Key">Name of the key.</param>
    /// <param name="Committee">The one that it is for; null: it is the deployment's.</param>
    public sealed record KeyHolder(string Key, string? Committee) : Visitor;

    /// <summary>As whom the visitor acts for a committee; null when they have no right there.</summary>
    /// <remarks>A person serves the committees whose charter names them as secretary.</remarks>
    public Actor? For(Charter charter) => this switch
    {
        KeyHolder holder => holder.Committee is null || holder.Committee == charter.Id ? new Actor($"key {holder.Key}") : null,
        Person person => charter.Secretaries
            .FirstOrDefault(secretary => person.Addresses.Contains(secretary, StringComparer.OrdinalIgnoreCase)) is { } address
            ? new Actor(address)
            : null,
        _ => null,
    };

    /// <summary>Who made this request; a parameter of handlers behind the gate.</summary>
    public static ValueTask<Visitor?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<Visitor>());
}

/// <summary>Who does something, as the audit names them: an address, or <c>key desk</c>.</summary>
/// <remarks>A parameter of every handler below <c>/desk/{committee}</c> and <c>/api/{committee}</c>; the gate has let them in.</remarks>
public sealed record Actor(string Name)
{
    /// <exception cref="BadHttpRequestException">The gate was not passed for the committee of this route.</exception>
    public static async ValueTask<Actor?> BindAsync(HttpContext context)
    {
        var inForce = await InForce.BindAsync(context);
        return context.Features.Get<Visitor>()?.For(inForce!.Charter)
            ?? throw new BadHttpRequestException("You are no secretary of this committee.", StatusCodes.Status403Forbidden);
    }
}
