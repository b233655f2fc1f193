namespace BscFlow.Publishing.Targets;

/// <summary>The repository in which a committee keeps its minutes.</summary>
public sealed record GitHubOptions
{
    /// <summary><c>ebpffoundation/bsc</c>.</summary>
    public string Repository { get; init; } = "";

    /// <summary>The branch into which the minutes are to be merged.</summary>
    public string Into { get; init; } = "main";

    /// <summary>The branch that the secretary writes to and nobody else.</summary>
    public string Branch { get; init; } = "bscflow/minutes";

    /// <summary>Folder of the files, such as <c>minutes</c>; empty for the root.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Id of a GitHub App with the rights to write contents and pull requests.</summary>
    public string? AppId { get; init; }

    /// <summary>Id of the app's installation in the repository.</summary>
    public long Installation { get; init; }

    /// <summary>The app's private key, as GitHub gives it (PEM).</summary>
    public string? PrivateKey { get; init; }

    /// <summary>Instead of an app: a token, taken as it is.</summary>
    public string? Token { get; init; }

    public Uri Address { get; init; } = new("https://api.github.com/");

    internal string Owner => Repository.Split('/')[0];

    internal string Name => Repository.Split('/')[^1];

    /// <summary>What is wrong, by setting.</summary>
    internal IEnumerable<(string Setting, string Problem)> Problems()
    {
        if (Repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            yield return (nameof(Repository), "give owner and name, such as example/tsc.");
        }

        if (Token is not { Length: > 0 } && (AppId is not { Length: > 0 } || PrivateKey is not { Length: > 0 } || Installation <= 0))
        {
            yield return (nameof(AppId), "give AppId, Installation and PrivateKey of a GitHub App, or a Token.");
        }

        if (!Address.IsAbsoluteUri || (Address.Scheme != Uri.UriSchemeHttps && !Address.IsLoopback))
        {
            yield return (nameof(Address), "give an https address.");
        }
    }
}
