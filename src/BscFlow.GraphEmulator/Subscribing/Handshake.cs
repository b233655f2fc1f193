using System.Net;
using System.Net.Mime;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>
/// Asks an address whether it wants notifications: it must send the token back, decoded, as plain text, within ten seconds.
/// </summary>
internal sealed class Handshake(HttpClient client)
{
    /// <summary>How long Graph waits for an answer, here and to a notification.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    /// <exception cref="Wire.GraphRefusal">It does not.</exception>
    public async Task DemandAsync(string url, CancellationToken cancellationToken)
    {
        var token = $"Validation: Testing client application reachability for subscription Request-Id: {Guid.NewGuid()}";
        var address = new UriBuilder(url);
        address.Query =
            $"{address.Query.TrimStart('?')}{(address.Query.Length > 1 ? "&" : "")}validationToken={WebUtility.UrlEncode(token)}";
        try
        {
            using var content = new StringContent("", System.Text.Encoding.UTF8, MediaTypeNames.Text.Plain);
            using var response = await client.PostAsync(address.Uri, content, cancellationToken);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw SubscriptionRules.Invalid(
                    $"Subscription validation request failed. HTTP status code is '{response.StatusCode}'. "
                    + "Notification endpoint must respond with 200 OK to validation request.");
            }

            if (response.Content.Headers.ContentType?.MediaType != MediaTypeNames.Text.Plain
                || await response.Content.ReadAsStringAsync(cancellationToken) != token)
            {
                throw SubscriptionRules.Invalid(
                    "Subscription validation request failed. "
                    + "Response must exactly match validationToken query parameter, as text/plain.");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw SubscriptionRules.Invalid("Subscription validation request timed out.");
        }
        catch (HttpRequestException error)
        {
            throw SubscriptionRules.Invalid($"Subscription validation request failed. {error.Message}");
        }
    }
}
