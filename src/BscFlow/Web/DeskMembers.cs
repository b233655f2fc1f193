using BscFlow.Committee;
using BscFlow.Web.Pages.Desk;
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

/// <summary>A form about a member as it was sent, and what puts it in force.</summary>
internal sealed record MemberForm(
    InForce InForce, Actor Who, IFormCollection Sent, CharterStore Charters, ChangeCharter Change, TimeProvider Time)
{
    public Charter Charter => InForce.Charter;

    public MemberFields Typed => MemberFields.Read(Sent);

    /// <summary>Makes a change and puts it in force.</summary>
    /// <param name="what">For the audit.</param>
    /// <param name="make">Makes it in the charter's file; returns the path of the member, or null where there is none.</param>
    /// <returns>What is wrong, by field; null when it is in force.</returns>
    public async Task<Dictionary<string, string>?> SaveAsync(
        string what, Func<CharterEdit, string?> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = (await Charters.FindVersionAsync(InForce.Id, cancellationToken))!;
            var edit = new CharterEdit(current.Json.Span);
            if (make(edit) is not { } path)
            {
                return new() { [""] = "There is no such member any more." };
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

    public static async Task<IResult> JoinAsync([AsParameters] MemberForm form, CancellationToken cancellationToken)
    {
        var typed = form.Typed;
        var id = NewId(form.Charter, typed.Name);
        var errors = await form.SaveAsync(
            $"{id} joins",
            edit =>
            {
                var path = edit.AddMember(id);
                Write(edit, path, typed);
                edit.AddTerm(path, typed.From.Trim());
                return path;
            },
            cancellationToken);
        return errors is null
            ? ToList(form)
            : new RazorComponentResult<JoinPage>(new { form.Charter, Typed = typed with { Errors = errors } });
    }

    public static async Task<IResult> PostAsync(
        [AsParameters] MemberForm form, string member, CancellationToken cancellationToken)
    {
        var typed = form.Typed with { Id = member };
        var errors = await form.SaveAsync(
            $"{member} changed",
            edit =>
            {
                if (edit.FindMember(member) is not { } path)
                {
                    return null;
                }

                Write(edit, path, typed);
                return path;
            },
            cancellationToken);
        return errors is null ? ToList(form) : Page(form.Charter, typed with { Errors = errors }, form.Time);
    }

    /// <summary>Ends a member's term, or begins another one.</summary>
    public static async Task<IResult> TermAsync(
        [AsParameters] MemberForm form, string member, CancellationToken cancellationToken)
    {
        if (form.Charter.Members.FirstOrDefault(other => other.Id == member) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var typed = form.Typed;
        var returns = form.Sent.ContainsKey("from");
        var errors = !returns && typed.Until.Trim().Length == 0
            ? new Dictionary<string, string> { ["terms"] = "Give the last day in office." }
            : await form.SaveAsync(
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
                cancellationToken);
        return errors is null
            ? ToList(form)
            : Page(form.Charter, MemberFields.Of(found) with { From = typed.From, Until = typed.Until, Errors = errors }, form.Time);
    }

    private static RedirectHttpResult ToList(MemberForm form) => TypedResults.Redirect($"/desk/{form.InForce.Id}/members");

    internal static Dictionary<string, string> ByField(string member, IReadOnlyList<CharterError> errors)
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
