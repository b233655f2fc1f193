using System.ComponentModel.DataAnnotations;
using BscFlow.Mail;
using Microsoft.Extensions.Options;

namespace BscFlow;

/// <summary>What a deployment must say. Each is a setting <c>BscFlow__Name</c>.</summary>
public sealed class BscFlowOptions
{
    /// <summary>A connection string, or the name of a storage account that the app's identity may use.</summary>
    [Required]
    public string Storage { get; set; } = "";

    /// <summary>Where the public pages are, as it stands in mails: <c>https://committee.example.org/</c>.</summary>
    [Required]
    public Uri? SiteAddress { get; set; }

    /// <summary>Where Microsoft Graph answers, and with which right.</summary>
    [Required]
    [ValidateObjectMembers]
    public GraphOptions Graph { get; set; } = new();

    /// <summary>What opens the desk and the programming interface to whoever holds it; at least 32 characters.</summary>
    [Required]
    [MinLength(32)]
    public string DeskKey { get; set; } = "";

    /// <summary>
    /// Whether App Service authentication is on in front of this process, so that its header can be believed. The environment
    /// says so (<c>WEBSITE_AUTH_ENABLED</c>), never a request.
    /// </summary>
    public bool SignIn { get; set; }

    /// <summary>Keys of programs beside the desk key, by the names under which the audit shows what they did.</summary>
    public IDictionary<string, string> ApiKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long a session lasts that was begun by the link with the desk key.</summary>
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);
}

[OptionsValidator]
internal sealed partial class BscFlowOptionsValidator : IValidateOptions<BscFlowOptions>;

/// <summary>A short key could be guessed, and one that is empty would let everybody in.</summary>
internal sealed class ApiKeysValidator : IValidateOptions<BscFlowOptions>
{
    public const int Shortest = 32;

    public ValidateOptionsResult Validate(string? name, BscFlowOptions options) =>
        options.ApiKeys.Where(key => key.Value.Length < Shortest).Select(key => key.Key).ToList() is [_, ..] weak
            ? ValidateOptionsResult.Fail(weak.Select(key => $"ApiKeys: {key} has fewer than {Shortest} characters."))
            : ValidateOptionsResult.Success;
}
