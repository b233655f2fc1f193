using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>The form for a charter: what stands in it and what is wrong with it.</summary>
public sealed record CharterView
{
    public required Charter Charter { get; init; }

    /// <summary>Of the charter that the form is made of, as <see cref="VersionOf"/> writes it.</summary>
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

    /// <summary>Since when a charter is in force, and its ETag, as a form carries them.</summary>
    internal static string VersionOf(CharterVersion version) =>
        string.Create(CultureInfo.InvariantCulture, $"{version.Since.UtcTicks} {version.ETag}");

    internal static bool TryReadSince(string version, out DateTimeOffset since)
    {
        var read = long.TryParse(version.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        since = read ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return read;
    }
}

/// <summary>The desk's charter: changed field by field or as text, looked at as a difference, then put in force.</summary>
internal static class DeskCharter
{
    private const string LostRace =
        "Somebody else has changed the charter meanwhile. Their change is here together with what you typed; look at it again.";

    public static async Task<IResult> GetAsync(InForce inForce, CharterStore charters, CancellationToken cancellationToken) =>
        Page(Open(inForce, (await charters.FindVersionAsync(inForce.Id, cancellationToken))!));

    /// <summary>Shows what would change; nothing is stored yet.</summary>
    public static async Task<IResult> CheckAsync(
        InForce inForce, IFormCollection form, CharterStore charters, CancellationToken cancellationToken)
    {
        var current = (await charters.FindVersionAsync(inForce.Id, cancellationToken))!;
        var original = await OriginalAsync(inForce, form, current, charters, cancellationToken);
        var asText = form.ContainsKey("json");
        var typed = asText ? CharterFields.Read(original.Json.Span) : CharterFields.Read(original.Json.Span, form);
        var json = asText ? Text(form) : CharterFields.Write(original.Json.Span, typed);
        var errors = Errors(inForce.Id, json);
        if (errors.Count > 0)
        {
            // It is put together with what others have changed as soon as it can be read.
            return Page(Placed(
                Open(inForce, original) with { Typed = typed, Text = asText ? Encoding.UTF8.GetString(json) : original.Text, AsText = asText },
                errors));
        }

        return original.ETag != current.ETag
            ? Page(Merged(inForce, original, json, current, asText))
            : new RazorComponentResult<CharterCheckPage>(new
            {
                inForce.Charter,
                Before = current.Text,
                After = Encoding.UTF8.GetString(json),
                Version = CharterView.VersionOf(current),
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
        var json = Text(form);
        var current = (await charters.FindVersionAsync(inForce.Id, cancellationToken))!;
        var original = await OriginalAsync(inForce, form, current, charters, cancellationToken);
        var outcome = await change.RunAsync(inForce.Id, json, original.ETag, who.Name, "charter", cancellationToken);
        return outcome switch
        {
            CharterOutcome.InForce => DoneWords.Redirect($"/desk/{inForce.Id}/charter/history", Done.InForce),
            CharterOutcome.Invalid invalid => Page(Placed(
                Open(inForce, original) with { Text = Encoding.UTF8.GetString(json), AsText = true }, invalid.Errors)),
            _ => Page(Merged(
                inForce, original, json, (await charters.FindVersionAsync(inForce.Id, cancellationToken))!, asText: true)),
        };
    }

    public static async Task<RazorComponentResult<CharterHistoryPage>> HistoryAsync(
        InForce inForce, CharterStore charters, CancellationToken cancellationToken) =>
        new(new { inForce.Charter, Versions = await charters.HistoryAsync(inForce.Id, cancellationToken) });

    private static byte[] Text(IFormCollection form) => Encoding.UTF8.GetBytes(form["json"].ToString().ReplaceLineEndings("\n"));

    private static CharterView Open(InForce inForce, CharterVersion version) => new()
    {
        Charter = inForce.Charter,
        Version = CharterView.VersionOf(version),
        Sections = CharterFields.For(version.Json.Span),
        Typed = CharterFields.Read(version.Json.Span),
        Text = version.Text,
    };

    /// <summary>The charter that a form was made of, by the moment from which on it was in force.</summary>
    /// <exception cref="BadHttpRequestException">400: there never was one.</exception>
    private static async Task<CharterVersion> OriginalAsync(
        InForce inForce, IFormCollection form, CharterVersion current, CharterStore charters, CancellationToken cancellationToken)
    {
        var version = form["version"].ToString();
        return version == CharterView.VersionOf(current) ? current
            : CharterView.TryReadSince(version, out var since)
                && await charters.FindFormerAsync(inForce.Id, since, cancellationToken) is { } former ? former
            : throw new BadHttpRequestException("The form was made of a charter that never was in force here.");
    }

    /// <summary>What was typed, on top of what somebody else has put in force since the form was made.</summary>
    private static CharterView Merged(InForce inForce, CharterVersion original, byte[] mine, CharterVersion current, bool asText)
    {
        var merged = CharterMerge.Merge(original.Json.Span, mine, current.Json.Span);
        var json = merged.Charter.Write();
        var view = Open(inForce, current) with
        {
            Sections = CharterFields.For(json),
            Typed = CharterFields.Read(json),
            Text = Encoding.UTF8.GetString(json),
            AsText = asText,
        };
        var now = new CharterEdit(current.Json.Span);
        var placed = Placed(view, [.. merged.Clashes.Select(path => new CharterError(path, Clash(now.Get(path))))]);
        return placed with { Above = [LostRace, .. placed.Above] };
    }

    private static string Clash(string theirs) => theirs.Contains('{', StringComparison.Ordinal) || theirs.Length == 0
        ? "was changed by somebody else too"
        : $"was set to “{theirs.ReplaceLineEndings(", ")}” by somebody else";

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

    private static RazorComponentResult<CharterPage> Page(CharterView view) => new(new { View = view })
    {
        StatusCode = view.Beside.Count + view.Above.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
    };
}
