using BscFlow.Committee;
using BscFlow.Web.Pages.Desk;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

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

    /// <summary>By the name of the field in the charter; the empty name is for what no field is to blame for.</summary>
    public IReadOnlyDictionary<string, string> Errors { get; init; } = new Dictionary<string, string>();

    internal static MemberFields Of(Member member) => new()
    {
        Id = member.Id,
        Name = member.Name,
        Affiliation = member.Affiliation ?? "",
        Addresses = string.Join('\n', member.Addresses),
        Aliases = string.Join('\n', member.Aliases),
        PlainText = member.PlainText,
    };

    internal static MemberFields Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString(),
        Affiliation = form["affiliation"].ToString(),
        Addresses = form["addresses"].ToString().ReplaceLineEndings("\n"),
        Aliases = form["aliases"].ToString().ReplaceLineEndings("\n"),
        PlainText = form.ContainsKey("plainText"),
        From = form["from"].ToString(),
        Until = form["until"].ToString(),
    };
}

/// <summary>The desk's members: who joins, who leaves, and by which names and addresses they are known.</summary>
internal static class DeskMembers
{
    public static RazorComponentResult<MembersDeskPage> List(InForce inForce, TimeProvider clock) =>
        new(new { inForce.Charter, Today = inForce.Charter.DayOf(clock.GetUtcNow()) });

    public static IResult Get(InForce inForce, string member, TimeProvider clock) =>
        inForce.Charter.Members.FirstOrDefault(other => other.Id == member) is { } found
            ? Page(inForce.Charter, MemberFields.Of(found), clock)
            : TypedResults.NotFound();

    /// <param name="name">Of whom the committee has admitted, where a link brings it.</param>
    public static RazorComponentResult<JoinPage> GetJoin(InForce inForce, string? name, TimeProvider clock) =>
        new(new
        {
            inForce.Charter,
            Typed = new MemberFields { Name = name ?? "", From = CharterValues.Text(inForce.Charter.DayOf(clock.GetUtcNow())) },
        });

    public static async Task<IResult> JoinAsync(
        InForce inForce,
        Actor who,
        IFormCollection form,
        CharterStore charters,
        ChangeCharter change,
        Clock clock,
        CancellationToken cancellationToken)
    {
        var typed = MemberFields.Read(form);
        var id = NewId(inForce.Charter, typed.Name);
        var errors = await SaveAsync(
            inForce,
            who,
            $"{id} joins",
            edit =>
            {
                var path = edit.AddMember(id);
                Write(edit, path, typed);
                edit.AddTerm(path, typed.From.Trim());
                return path;
            },
            charters,
            change,
            clock,
            cancellationToken);
        return errors is null
            ? TypedResults.Redirect($"/desk/{inForce.Id}/members")
            : new RazorComponentResult<JoinPage>(new { inForce.Charter, Typed = typed with { Errors = errors } });
    }

    public static async Task<IResult> PostAsync(
        InForce inForce,
        Actor who,
        string member,
        IFormCollection form,
        CharterStore charters,
        ChangeCharter change,
        Clock clock,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var typed = MemberFields.Read(form) with { Id = member };
        var errors = await SaveAsync(
            inForce,
            who,
            $"{member} changed",
            edit =>
            {
                if (edit.FindMember(member) is { } path)
                {
                    Write(edit, path, typed);
                    return path;
                }

                return null;
            },
            charters,
            change,
            clock,
            cancellationToken);
        return errors is null
            ? TypedResults.Redirect($"/desk/{inForce.Id}/members")
            : Page(inForce.Charter, typed with { Errors = errors }, time);
    }

    /// <summary>Ends a member's term, or begins another one.</summary>
    public static async Task<IResult> TermAsync(
        InForce inForce,
        Actor who,
        string member,
        IFormCollection form,
        CharterStore charters,
        ChangeCharter change,
        Clock clock,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (inForce.Charter.Members.FirstOrDefault(other => other.Id == member) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var typed = MemberFields.Read(form);
        var returns = form.ContainsKey("from");
        var errors = !returns && typed.Until.Trim().Length == 0
            ? new Dictionary<string, string> { ["terms"] = "Give the last day in office." }
            : await SaveAsync(
                inForce,
                who,
                returns ? $"{member} returns" : $"{member} leaves",
                edit =>
                {
                    if (edit.FindMember(member) is not { } path)
                    {
                        return null;
                    }

                    if (returns)
                    {
                        edit.AddTerm(path, typed.From.Trim());
                    }
                    else
                    {
                        edit.EndTerm(path, typed.Until);
                    }

                    return path;
                },
                charters,
                change,
                clock,
                cancellationToken);
        return errors is null
            ? TypedResults.Redirect($"/desk/{inForce.Id}/members")
            : Page(inForce.Charter, MemberFields.Of(found) with { From = typed.From, Until = typed.Until, Errors = errors }, time);
    }

    /// <returns>What is wrong, by field; null when it is in force.</returns>
    private static async Task<Dictionary<string, string>?> SaveAsync(
        InForce inForce,
        Actor who,
        string what,
        Func<CharterEdit, string?> make,
        CharterStore charters,
        ChangeCharter change,
        Clock clock,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = (await charters.FindVersionAsync(inForce.Id, cancellationToken))!;
            var edit = new CharterEdit(current.Json.Span);
            if (make(edit) is not { } path)
            {
                return new() { [""] = "There is no such member any more." };
            }

            switch (await change.RunAsync(inForce.Id, edit.Write(), current.ETag, who.Name, what, cancellationToken))
            {
                case CharterOutcome.Invalid invalid:
                    return ByField(path, invalid.Errors);
                case CharterOutcome.InForce:
                    await clock.TickAsync(inForce.Id, cancellationToken);
                    return null;
            }

            // Another change came first; it is kept, and this one is made again.
        }
    }

    private static Dictionary<string, string> ByField(string member, IReadOnlyList<CharterError> errors)
    {
        string[] fields = ["name", "affiliation", "addresses", "aliases", "terms"];
        var (beside, above) = CharterFields.Place(fields.Select(field => $"{member}.{field}"), errors);
        var all = beside.ToDictionary(error => error.Key[(member.Length + 1)..], error => error.Value);
        if (above.Count > 0)
        {
            all[""] = string.Join(' ', above);
        }

        return all;
    }

    private static void Write(CharterEdit edit, string path, MemberFields typed)
    {
        edit.SetText($"{path}.name", typed.Name);
        edit.SetText($"{path}.affiliation", typed.Affiliation);
        edit.SetLines($"{path}.addresses", typed.Addresses);
        edit.SetLines($"{path}.aliases", typed.Aliases);
        edit.SetFlag($"{path}.plainText", typed.PlainText);
    }

    /// <summary>The first name, or with as much of the rest as no other member's id has.</summary>
    private static string NewId(Charter charter, string name)
    {
        var words = new string([.. Spelling.Fold(name).Where(c => char.IsAsciiLetterOrDigit(c) || c == ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var candidates = Enumerable.Range(1, words.Length).Select(count => string.Join('-', words.Take(count)))
            .Concat(Enumerable.Range(2, charter.Members.Count + 1).Select(n => FormattableString.Invariant($"{string.Join('-', words.DefaultIfEmpty("member"))}-{n}")));
        return candidates.First(id => charter.Members.All(member => member.Id != id));
    }

    private static RazorComponentResult<MemberPage> Page(Charter charter, MemberFields typed, TimeProvider clock) =>
        new(new { Charter = charter, Typed = typed, Today = charter.DayOf(clock.GetUtcNow()) });
}
