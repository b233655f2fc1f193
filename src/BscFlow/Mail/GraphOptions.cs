using System.ComponentModel.DataAnnotations;

namespace BscFlow.Mail;

/// <summary>Who signs the requests to Microsoft Graph.</summary>
public enum GraphCredential
{
    /// <summary>Azure.Identity's chain: environment, managed identity, developer tools.</summary>
    Default,

    /// <summary>The function app's managed identity; <see cref="GraphOptions.ClientId"/> names a user-assigned one.</summary>
    ManagedIdentity,

    /// <summary><see cref="GraphOptions.Token"/> as it is, for a Graph on this machine.</summary>
    FixedToken,
}

/// <summary>Where Microsoft Graph is and how to get in.</summary>
public sealed record GraphOptions : IValidatableObject
{
    /// <summary>With the version and no slash at the end. Plain http is for a loopback address only.</summary>
    public Uri Address { get; init; } = new("https://graph.microsoft.com/v1.0");

    public string Scope { get; init; } = "https://graph.microsoft.com/.default";

    public GraphCredential Credential { get; init; }

    /// <summary>Client id of a user-assigned managed identity.</summary>
    public string? ClientId { get; init; }

    public string? Token { get; init; }

    /// <summary>
    /// The longest <c>Retry-After</c> that is waited out on the spot; a longer one is the caller's to keep
    /// (<see cref="MailboxUnavailableException.RetryAfter"/>), so that a function does not pay for sleeping.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a mailbox is read while Graph tells of its mail; otherwise <see cref="CollectMail.Interval"/>. What Graph fails
    /// to tell of is found that much later, and each look costs.
    /// </summary>
    public TimeSpan LookWhileTold { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Domains of the tenant beside that of the mailbox: of a sender there it is proof enough that a mail was sent inside the
    /// tenant.
    /// </summary>
    public IReadOnlyList<string> TenantDomains { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttps && !Address.IsLoopback))
        {
            yield return new("Must be an absolute https address, or http on a loopback address.", [nameof(Address)]);
        }
        else if (Credential == GraphCredential.FixedToken && !Address.IsLoopback)
        {
            yield return new("A fixed token is for a loopback address only.", [nameof(Credential)]);
        }

        if (Credential == GraphCredential.FixedToken && string.IsNullOrEmpty(Token))
        {
            yield return new("The credential FixedToken needs a token.", [nameof(Token)]);
        }

        if (LookWhileTold < CollectMail.Interval || LookWhileTold > TimeSpan.FromDays(1))
        {
            yield return new("Give five minutes to a day.", [nameof(LookWhileTold)]);
        }
    }
}
