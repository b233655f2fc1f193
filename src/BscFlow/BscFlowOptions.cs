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
}

[OptionsValidator]
internal sealed partial class BscFlowOptionsValidator : IValidateOptions<BscFlowOptions>;
