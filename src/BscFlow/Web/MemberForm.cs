using BscFlow.Committee;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>What was typed about a member, and what is wrong with it.</summary>
public sealed record MemberFields
{
    /// <summary>Null for one who joins.</summary>
    public string? Id { get; init; }

    public string Name { get; init; } = "";

    public string Affiliation { get; init; } = "";

    /// <summary>A line each; the first is written to.</summary>
    public string Addresses { get; init; } = "";

    /// <summary>A line each.</summary>
    public string Aliases { get; init; } = "";

    public bool PlainText { get; init; }

    /// <summary>First day of a term.</summary>
    public string From { get; init; } = "";

    /// <summary>Last day of the term.</summary>
    public string Until { get; init; } = "";

    /// <summary>What the form was made of: only what differs from it is changed. Null for one who joins.</summary>
    public MemberFields? Was { get; init; }

    /// <summary>By the name of the field in the charter; the empty name is for what no field is to blame for.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    internal static MemberFields Of(Member member)
    {
        var fields = new MemberFields
        {
            Id = member.Id,
            Name = member.Name,
            Affiliation = member.Affiliation ?? "",
            Addresses = string.Join('\n', member.Addresses),
            Aliases = string.Join('\n', member.Aliases),
            PlainText = member.PlainText,
        };
        return fields with { Was = fields };
    }

    internal static MemberFields Read(IFormCollection form) => Read(form, "") with
    {
        From = form["from"].ToString(),
        Until = form["until"].ToString(),
        Was = Read(form, "was."),
    };

    /// <summary>What was typed, on top of what somebody else has changed since the form was made.</summary>
    /// <param name="now">The member as the charter in force has them.</param>
    /// <param name="clashes">By field, what both have changed; what was typed stands there.</param>
    internal MemberFields Over(MemberFields now, out Dictionary<string, string> clashes)
    {
        var was = Was ?? new();
        var clashing = new Dictionary<string, string>();
        var mine = this with
        {
            Name = Take("name", was.Name, Name, now.Name),
            Affiliation = Take("affiliation", was.Affiliation, Affiliation, now.Affiliation),
            Addresses = Take("addresses", was.Addresses, Addresses, now.Addresses),
            Aliases = Take("aliases", was.Aliases, Aliases, now.Aliases),
            PlainText = PlainText == was.PlainText ? now.PlainText : PlainText,
            Was = now,
        };
        clashes = clashing;
        return mine;

        string Take(string name, string before, string typed, string other)
        {
            if (typed == before)
            {
                return other;
            }

            if (other != before && other != typed)
            {
                clashing[name] = $"Somebody else has set this to “{other.ReplaceLineEndings(", ")}” meanwhile. Save again to have yours.";
            }

            return typed;
        }
    }

    internal void Write(CharterEdit edit, string path)
    {
        edit.SetText($"{path}.name", Name);
        edit.SetText($"{path}.affiliation", Affiliation);
        edit.SetLines($"{path}.addresses", Addresses);
        edit.SetLines($"{path}.aliases", Aliases);
        edit.SetFlag($"{path}.plainText", PlainText);
    }

    private static MemberFields Read(IFormCollection form, string prefix) => new()
    {
        Name = form[$"{prefix}name"].ToString(),
        Affiliation = form[$"{prefix}affiliation"].ToString(),
        Addresses = form[$"{prefix}addresses"].ToString().ReplaceLineEndings("\n"),
        Aliases = form[$"{prefix}aliases"].ToString().ReplaceLineEndings("\n"),
        PlainText = form[$"{prefix}plainText"].ToString().Length > 0,
    };
}

/// <summary>A change of a member as it was made in a charter's file.</summary>
/// <param name="Path">Of the member; null where there is none.</param>
/// <param name="Clashes">By field, what somebody else has changed too; nothing is put in force then.</param>
internal readonly record struct MadeEdit(string? Path, Dictionary<string, string> Clashes);

/// <summary>A form about a member as it was sent, and what puts it in force.</summary>
internal sealed record MemberForm(
    InForce InForce, Actor Who, IFormCollection Sent, CharterStore Charters, ChangeCharter Change, TimeProvider Time)
{
    public Charter Charter => InForce.Charter;

    public MemberFields Typed => MemberFields.Read(Sent);

    /// <summary>Makes a change and puts it in force.</summary>
    /// <param name="what">For the audit.</param>
    /// <param name="make">Makes it in the file of the charter that it is given.</param>
    /// <returns>What is wrong, by field; null when it is in force.</returns>
    public async Task<Dictionary<string, string>?> SaveAsync(
        string what, Func<CharterEdit, Charter, MadeEdit> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = (await Charters.FindVersionAsync(InForce.Id, cancellationToken))!;
            var edit = new CharterEdit(current.Json.Span);
            var made = make(edit, CharterReader.Read(current.Json.Span));
            if (made is not { Path: { } path, Clashes.Count: 0 })
            {
                return made.Clashes.Count > 0 ? made.Clashes : new() { [""] = "There is no such member any more." };
            }

            switch (await Change.RunAsync(InForce.Id, edit.Write(), current.ETag, Who.Name, what, cancellationToken))
            {
                case CharterOutcome.Invalid invalid:
                    return DeskMembers.ByField(path, invalid.Errors);
                case CharterOutcome.InForce:
                    return null;
            }

            // Another change came first; it is kept, and this one is made again.
        }
    }
}
