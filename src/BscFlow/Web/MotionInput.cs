using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>A link of a motion, as a program sends it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MotionLinkInput(string? Address, string? Text = null);

/// <summary>A motion to open, as a program sends it, and as <see cref="MotionForm"/> says it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MotionInput
{
    /// <summary>Lower-case letters, digits and hyphens; without it the id is made of the month and the title.</summary>
    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>Name of a rule of the charter; <c>ordinary</c> where nothing is said.</summary>
    public string? Rule { get; init; }

    /// <summary>Carried at the deadline unless somebody objects with a reason.</summary>
    public bool Consensus { get; init; }

    /// <summary>Id of the member whom it is about.</summary>
    public string? Subject { get; init; }

    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    /// <summary>As <c>2026-03-04T15:00</c> in the committee's zone, or with an offset; without it the charter's time.</summary>
    public string? Deadline { get; init; }

    public bool Secret { get; init; }

    public IReadOnlyList<MotionLinkInput>? Links { get; init; }

    /// <summary>What is asked in place of yes or no.</summary>
    public OptionsInput? Options { get; init; }

    /// <summary>Who is asked in place of the committee: a table in CSV with the columns <c>name</c> and <c>email</c>.</summary>
    public string? Voters { get; init; }

    /// <summary>The same as a file of a form, in place of <see cref="Voters"/>.</summary>
    internal IFormFile? VotersFile { get; init; }

    /// <summary>What the fields say, where each can be read; otherwise what is wrong, by the name of the field.</summary>
    public bool TryRead(
        Charter charter,
        DateTimeOffset now,
        [NotNullWhen(true)] out MotionDraft? draft,
        out Dictionary<string, string[]> errors)
    {
        errors = [];
        if (!TypedText.TryReadLine(Title, out var title) || title.Length > Motion.LongestTitle)
        {
            errors["title"] = [$"Give the motion a title of one line, at most {Motion.LongestTitle} characters."];
        }

        var text = TypedText.Prose(Text);
        if (text.Length is 0 or > Motion.LongestText)
        {
            errors["text"] = [$"Say what is voted on, in at most {Motion.LongestText} characters."];
        }

        DateTimeOffset? deadline = null;
        if (!string.IsNullOrWhiteSpace(Deadline))
        {
            if (TypedText.TryReadMoment(charter, Deadline, out var moment))
            {
                deadline = moment;
            }
            else
            {
                errors["deadline"] = ["Give the deadline as 2026-03-04T15:00, in the committee's zone, or with an offset."];
            }
        }

        var rule = TypedText.Given(Rule) ?? "ordinary";
        if (!charter.Rules.ContainsKey(rule))
        {
            errors["rule"] = [$"The charter has no rule \"{rule}\"; it has {string.Join(", ", charter.Rules.Keys)}."];
        }

        foreach (var (field, error) in Options?.OutOfRange() ?? [])
        {
            errors[field] = [error];
        }

        var links = new List<MotionLink>();
        foreach (var link in Links ?? [])
        {
            if (Uri.TryCreate(link.Address?.Trim(), UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
            {
                links.Add(new MotionLink(TypedText.TryReadLine(link.Text, out var label) ? label : address.Host, address));
            }
            else
            {
                errors["links"] = [$"\"{link.Address}\" is no address of a page."];
            }
        }

        string? wrongOptions = null;
        var options = Options?.Read(charter, out wrongOptions);
        if (wrongOptions is not null)
        {
            errors["options"] = [wrongOptions];
        }

        string? wrongVoters = null;
        var voters = VotersFile is { Length: > 0 } file ? OptionsInput.ReadVoters(file.OpenReadStream(), out wrongVoters)
            : TypedText.Given(Voters) is { } table ? OptionsInput.ReadVoters(table, out wrongVoters)
            : null;
        if (wrongVoters is not null)
        {
            errors["voters"] = [wrongVoters];
        }

        draft = errors.Count > 0 ? null : new MotionDraft
        {
            Id = TypedText.Given(Id) ?? MotionId.Of(title, charter.DayOf(now)),
            Title = title,
            Text = text,
            Links = links,
            Rule = rule,
            Consensus = Consensus,
            Subject = TypedText.Given(Subject),
            Mover = TypedText.Given(Mover),
            Seconder = TypedText.Given(Seconder),
            Deadline = deadline,
            Secret = Secret,
            Options = options,
            Electorate = voters,
        };
        return draft is not null;
    }
}
