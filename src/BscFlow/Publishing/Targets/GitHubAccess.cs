using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Octokit;

namespace BscFlow.Publishing.Targets;

/// <summary>Gets in to GitHub: as an app, whose tokens last an hour, or with a token that was given.</summary>
/// <remarks>An app signs who it is (a JWT with RS256 that lasts ten minutes at most) and gets a token for one installation.</remarks>
internal sealed class GitHubAccess(GitHubOptions options, TimeProvider clock)
{
    private static readonly ProductHeaderValue Product = new("BscFlow");
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private AccessToken? _token;

    public async Task<GitHubClient> ConnectAsync()
    {
        if (options.Token is { Length: > 0 } given)
        {
            return Client(new Credentials(given));
        }

        if (_token is null || _token.ExpiresAt - Margin < clock.GetUtcNow())
        {
            _token = await Client(new Credentials(Assertion(), AuthenticationType.Bearer))
                .GitHubApps.CreateInstallationToken(options.Installation);
        }

        return Client(new Credentials(_token.Token));
    }

    private GitHubClient Client(Credentials credentials) =>
        new(new Connection(Product, options.Address, new Octokit.Internal.InMemoryCredentialStore(credentials)));

    private string Assertion()
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = string.Create(
            CultureInfo.InvariantCulture, $$"""{"iat":{{now - 60}},"exp":{{now + 540}},"iss":"{{options.AppId}}"}""");
        var signed = $"{Encode("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Encode(Encoding.UTF8.GetBytes(claims))}";
        using var key = RSA.Create();
        key.ImportFromPem(options.PrivateKey);
        var signature = key.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Encode(signature)}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
