using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware.Options;

namespace BscFlow.Mail;

/// <summary>The one Graph client of the process, with the rules that every request to a mailbox keeps.</summary>
/// <remarks>Made on first use: Graph's libraries cost a process that sends no mail some 100 ms and 40 MB.</remarks>
public sealed class GraphConnection : IDisposable
{
    private const int MaxRetries = 3;

    private readonly Lazy<GraphServiceClient> _client;

    public GraphConnection(IOptions<GraphOptions> options) =>
        _client = new(() => Connect(options.Value, CredentialOf(options.Value)));

    internal GraphConnection(GraphOptions options, TokenCredential credential) =>
        _client = new(() => Connect(options, credential));

    public GraphServiceClient Client => _client.Value;

    /// <summary>Runs one request and turns what the SDK throws into the room's own two exceptions.</summary>
    /// <param name="request">Builds its model objects anew each time: a used one serialises as <c>{}</c>.</param>
    /// <exception cref="MailboxUnavailableException">No answer, token or entry, nothing there, throttled, or a fault.</exception>
    /// <exception cref="MailRefusedException">The request itself was refused.</exception>
    public async Task<T> AskAsync<T>(
        Func<GraphServiceClient, CancellationToken, Task<T>> request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await request(Client, cancellationToken);
        }
        catch (AggregateException exhausted) when (exhausted.InnerExceptions.OfType<ApiException>().LastOrDefault() is { } last)
        {
            throw Translated(last);
        }
        catch (ApiException error)
        {
            throw Translated(error);
        }
        catch (AuthenticationFailedException error)
        {
            throw new MailboxUnavailableException($"The app's identity got no token: {error.Message}", null, null, error);
        }
        catch (HttpRequestException error)
        {
            throw new MailboxUnavailableException($"No answer from the mailbox: {error.Message}", error.StatusCode, null, error);
        }
        catch (IOException error)
        {
            throw new MailboxUnavailableException($"The mailbox's answer broke off: {error.Message}", null, null, error);
        }
        catch (OperationCanceledException timeout) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailboxUnavailableException("The mailbox took too long to answer.", null, null, timeout);
        }
    }

    /// <summary>Asks a mailbox for as little as there is.</summary>
    /// <exception cref="MailboxUnavailableException">It does not answer, or not to us.</exception>
    public Task ReachAsync(string mailbox, CancellationToken cancellationToken) => AskAsync(
        (client, token) => client.Users[mailbox].MailFolders["inbox"].GetAsync(
            request => request.QueryParameters.Select = ["id"], token),
        cancellationToken);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    /// <summary>A status that blames the mail itself refuses it for good; all others blame the way to the mailbox.</summary>
    private static Exception Translated(ApiException error)
    {
        var status = (HttpStatusCode)error.ResponseStatusCode;
        var code = (error as ODataError)?.Error?.Code;
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"The mailbox answered {(int)status} {code}: {(error as ODataError)?.Error?.Message ?? error.Message}");

        return error.ResponseStatusCode is >= 400 and < 500 and not (401 or 403 or 404 or 408 or 409 or 423 or 429)
            ? new MailRefusedException(message, status, code, error)
            : new MailboxUnavailableException(message, status, RetryAfter(error.ResponseHeaders), error);
    }

    private static TimeSpan? RetryAfter(IDictionary<string, IEnumerable<string>> headers) =>
        int.TryParse(
            headers.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.First(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TokenCredential CredentialOf(GraphOptions options) => options.Credential switch
    {
        GraphCredential.FixedToken => DelegatedTokenCredential.Create((_, _) => new(options.Token!, DateTimeOffset.MaxValue)),
        GraphCredential.ManagedIdentity => new ManagedIdentityCredential(options.ClientId is null
            ? ManagedIdentityId.SystemAssigned
            : ManagedIdentityId.FromUserAssignedClientId(options.ClientId)),
        _ => new DefaultAzureCredential(),
    };

    private static GraphServiceClient Connect(GraphOptions options, TokenCredential credential)
    {
        // 503 and 504 are not retried here: one POST answered 504 may have been accepted, and then the mail leaves twice.
        var retries = new RetryHandlerOption
        {
            MaxRetry = MaxRetries,
            ShouldRetry = (_, _, response) => response.StatusCode == HttpStatusCode.TooManyRequests
                && (response.Headers.RetryAfter is not { } wait || wait.Delta <= options.Patience),
        };
        IEnumerable<DelegatingHandler> handlers =
        [
            .. GraphClientFactory.CreateDefaultHandlers()
                .Select(handler => handler is RetryHandler ? new RetryHandler(retries) : handler),
            new FourAtATime(),
        ];
        return new(
            GraphClientFactory.Create(handlers),
            new BaseBearerTokenAuthenticationProvider(new AccessTokens(credential, options)),
            options.Address.AbsoluteUri);
    }

    /// <summary>Asks the credential also for a loopback address, to which Kiota's own provider sends no token.</summary>
    private sealed class AccessTokens(TokenCredential credential, GraphOptions options) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new([options.Address.Host]);

        public async Task<string> GetAuthorizationTokenAsync(
            Uri uri,
            Dictionary<string, object>? additionalAuthenticationContext,
            CancellationToken cancellationToken) =>
            AllowedHostsValidator.IsUrlHostValid(uri)
                ? (await credential.GetTokenAsync(new([options.Scope]), cancellationToken)).Token
                : "";
    }

    /// <summary>Exchange serves one app four requests at a time in a mailbox and answers 429 to the fifth.</summary>
    private sealed class FourAtATime : DelegatingHandler
    {
        private readonly ConcurrentDictionary<string, SemaphoreSlim> _mailboxes = new(StringComparer.OrdinalIgnoreCase);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var gate = _mailboxes.GetOrAdd(MailboxOf(request.RequestUri!), _ => new(4));
            await gate.WaitAsync(cancellationToken);
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            finally
            {
                gate.Release();
            }
        }

        /// <summary>The segment after <c>users/</c>; requests to no mailbox share one gate.</summary>
        private static string MailboxOf(Uri address)
        {
            var users = Array.IndexOf(address.Segments, "users/");
            return users >= 0 && users + 1 < address.Segments.Length ? address.Segments[users + 1].TrimEnd('/') : "";
        }
    }
}
