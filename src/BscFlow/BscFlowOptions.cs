using System.ComponentModel.DataAnnotations;
using BscFlow.Mail;
using BscFlow.Publishing.Targets;
using BscFlow.Storage;
using BscFlow.Web;
using Microsoft.Extensions.Options;

namespace BscFlow;

/// <summary>What a deployment must say. Each is a setting <c>BscFlow__Name</c>.</summary>
public sealed class BscFlowOptions
{
    /// <summary>A connection string, or the name of a storage account that the app's identity may use.</summary>
    public string Storage { get; set; } = "";

    /// <summary>Where the public pages are, as it stands in mails: <c>https://committee.example.org/</c>.</summary>
    public Uri? SiteAddress { get; set; }

    /// <summary>Where Microsoft Graph answers, and with which right.</summary>
    public GraphOptions Graph { get; set; } = new();

    /// <summary>By committee: the repository that gets the years' minutes as pull requests.</summary>
    public IDictionary<string, GitHubOptions> GitHub { get; } = new Dictionary<string, GitHubOptions>(StringComparer.Ordinal);

    /// <summary>What opens the desk and the programming interface to whoever holds it; at least 32 characters.</summary>
    public string DeskKey { get; set; } = "";

    /// <summary>
    /// Whether App Service authentication is on in front of this process, so that its header can be believed. The environment
    /// says so (<c>WEBSITE_AUTH_ENABLED</c>), never a request.
    /// </summary>
    public bool SignIn { get; set; }

    /// <summary>
    /// Keys of programs beside the desk key, by the names under which the audit shows what they did. One that begins with
    /// <c>acme:</c> opens that committee alone.
    /// </summary>
    public IDictionary<string, string> ApiKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where to write to about a hole in the site, as <c>security.txt</c> says it: an https or mailto address.</summary>
    public Uri? SecurityContact { get; set; }

    /// <summary>
    /// How many mails may leave for one committee in an hour, beside those to a whole electorate; what is over it waits, and the
    /// secretary is told.
    /// </summary>
    public int MailsAnHour { get; set; } = 1000;

    /// <summary>How long a session lasts that was begun by the link with the desk key.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);
}

/// <summary>
/// Stops a host that is set up wrongly at its start, and names every setting that is wrong, but not what stands in it.
/// </summary>
internal sealed class BscFlowOptionsValidator : IValidateOptions<BscFlowOptions>
{
    private const int ShortestKey = 32;

    public ValidateOptionsResult Validate(string? name, BscFlowOptions options) => Problems(options).ToList() switch
    {
        [] => ValidateOptionsResult.Success,
        var problems => ValidateOptionsResult.Fail(problems),
    };

    private static IEnumerable<string> Problems(BscFlowOptions options)
    {
        if (!StorageAddress.IsValid(options.Storage))
        {
            yield return "BscFlow__Storage: give the name of a storage account, or a connection string.";
        }

        if (options.SiteAddress is not { IsAbsoluteUri: true, Scheme: "https" } and not { IsAbsoluteUri: true, IsLoopback: true })
        {
            yield return "BscFlow__SiteAddress: give the site's address, such as https://committee.example.org/.";
        }

        if (options.DeskKey.Length < ShortestKey)
        {
            yield return $"BscFlow__DeskKey: give at least {ShortestKey} characters that nobody can guess.";
        }

        // A short key could be guessed, and one that is empty would let everybody in.
        foreach (var (key, _, _) in ApiKey.Of(options).Where(key => key.Value.Length < ShortestKey))
        {
            yield return $"BscFlow__ApiKeys__{key}: give at least {ShortestKey} characters that nobody can guess.";
        }

        foreach (var (committee, repository) in options.GitHub)
        {
            foreach (var (setting, problem) in repository.Problems())
            {
                yield return $"BscFlow__GitHub__{committee}__{setting}: {problem}";
            }
        }

        if (options.SecurityContact is not null and not { IsAbsoluteUri: true, Scheme: "https" or "mailto" })
        {
            yield return "BscFlow__SecurityContact: give an https or a mailto address.";
        }

        if (options.MailsAnHour < 1)
        {
            yield return "BscFlow__MailsAnHour: give at least 1.";
        }

        foreach (var problem in options.Graph.Validate(new ValidationContext(options.Graph)))
        {
            yield return $"BscFlow__Graph__{problem.MemberNames.First()}: {problem.ErrorMessage}";
        }
    }
}
