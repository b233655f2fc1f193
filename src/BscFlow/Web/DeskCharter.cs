using System.Text;
using Azure;
using BscFlow.Committee;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>The form for a charter: what stands in it and what is wrong with it.</summary>
public sealed record CharterView
{
    public required Charter Charter { get; init; }

    /// <summary>Of the charter that was read.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<CharterSection> Sections { get; init; }

    /// <summary>By path.</summary>
    public required IReadOnlyDictionary<string, string> Typed { get; init; }

    /// <summary>The whole file, for what the form has no field for.</summary>
    public required string Text { get; init; }

    public IReadOnlyDictionary<string, string> Beside { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> Above { get; init; } = [];

    /// <summary>Whether the errors are about the text, so that it is shown.</summary>
    public bool AsText { get; init; }
}

/// <summary>The desk's charter: changed field by field or as text, looked at as a difference, then put in force.</summary>
internal static class DeskCharter
{
    private const string LostRace = "Somebody else has changed the charter meanwhile. What you typed is here; look at it again.";

    public static async Task<IResult> GetAsync(InForce inForce, CharterStore charters, CancellationToken cancellationToken) =>
        Page(await OpenAsync(inForce, charters, cancellationToken));

    /// <summary>Shows what would change; nothing is stored yet.</summary>
    public static async Task<IResult> CheckAsync(
        InForce inForce, IFormCollection form, CharterStore charters, CancellationToken cancellationToken)
    {
        var current = (await charters.FindVersionAsync(inForce.Id, cancellationToken))!;
        var asText = form.ContainsKey("json");
        var typed = asText ? CharterFields.Read(current.Json.Span) : CharterFields.Read(current.Json.Span, form);
        var json = asText
            ? Encoding.UTF8.GetBytes(form["json"].ToString().ReplaceLineEndings("\n"))
            : CharterFields.Write(current.Json.Span, typed);
        var view = new CharterView
        {
            Charter = inForce.Charter,
            Version = form["version"].ToString(),
            Sections = CharterFields.For(current.Json.Span),
            Typed = typed,
            Text = asText ? Encoding.UTF8.GetString(json) : current.Text,
            AsText = asText,
        };
        if (view.Version != current.ETag.ToString())
        {
            return Page(view with { Version = current.ETag.ToString(), Above = [LostRace] });
        }

        return Errors(inForce.Id, json) is { Count: > 0 } errors
            ? Page(Placed(view, errors))
            : new RazorComponentResult<CharterCheckPage>(new
            {
                inForce.Charter,
                Before = current.Text,
                After = Encoding.UTF8.GetString(json),
                view.Version,
            });
    }

    public static async Task<IResult> PostAsync(
        InForce inForce,
        Actor who,
        IFormCollection form,
        CharterStore charters,
        ChangeCharter change,
        CancellationToken cancellationToken)
    {
        var text = form["json"].ToString().ReplaceLineEndings("\n");
        var outcome = await change.RunAsync(
            inForce.Id, Encoding.UTF8.GetBytes(text), new ETag(form["version"].ToString()), who.Name, "charter", cancellationToken);
        if (outcome is CharterOutcome.InForce)
        {
            return TypedResults.Redirect($"/desk/{inForce.Id}/charter/history");
        }

        var view = await OpenAsync(inForce, charters, cancellationToken) with { Text = text, AsText = true };
        return Page(outcome is CharterOutcome.Invalid invalid ? Placed(view, invalid.Errors) : view with { Above = [LostRace] });
    }

    public static async Task<RazorComponentResult<CharterHistoryPage>> HistoryAsync(
        InForce inForce, CharterStore charters, CancellationToken cancellationToken) =>
        new(new { inForce.Charter, Versions = await charters.HistoryAsync(inForce.Id, cancellationToken) });

    private static async Task<CharterView> OpenAsync(InForce inForce, CharterStore charters, CancellationToken cancellationToken)
    {
        var current = (await charters.FindVersionAsync(inForce.Id, cancellationToken))!;
        return new CharterView
        {
            Charter = inForce.Charter,
            Version = current.ETag.ToString(),
            Sections = CharterFields.For(current.Json.Span),
            Typed = CharterFields.Read(current.Json.Span),
            Text = current.Text,
        };
    }

    private static IReadOnlyList<CharterError> Errors(string committee, byte[] json)
    {
        try
        {
            var id = CharterReader.Read(json).Id;
            return id == committee ? [] : [new CharterError("id", $"is \"{id}\"; it stays \"{committee}\" for good")];
        }
        catch (InvalidCharterException invalid)
        {
            return invalid.Errors;
        }
    }

    private static CharterView Placed(CharterView view, IReadOnlyList<CharterError> errors)
    {
        var (beside, above) = view.AsText ? ([], errors) : CharterFields.Place(view.Typed, errors);
        return view with { Beside = beside, Above = [.. above.Select(error => error.ToString())] };
    }

    private static RazorComponentResult<CharterPage> Page(CharterView view) => new(new { View = view });
}
