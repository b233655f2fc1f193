using System.ComponentModel.DataAnnotations;
using BscFlow.Mail;
using BscFlow.Storage;
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

    /// <summary>What opens the desk and the programming interface to whoever holds it; at least 32 characters.</summary>
    public string DeskKey { get; set; } = "";
}

/// <summary>Stops a host that is set up wrongly at its start, and names every setting that is wrong, but not what stands in it.</summary>
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

        foreach (var problem in options.Graph.Validate(new ValidationContext(options.Graph)))
        {
            yield return $"BscFlow__Graph__{problem.MemberNames.First()}: {problem.ErrorMessage}";
        }
    }
}
