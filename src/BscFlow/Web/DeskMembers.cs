using BscFlow.Committee;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

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
            (edit, _) =>
            {
                var path = edit.AddMember(id);
                typed.Write(edit, path);
                edit.AddTerm(path, typed.From.Trim());
                return new(path, []);
            },
            cancellationToken);
        return errors is null
            ? ToList(form, Done.MemberJoins)
            : new RazorComponentResult<JoinPage>(new { form.Charter, Typed = typed with { Errors = errors } })
            {
                StatusCode = StatusCodes.Status400BadRequest,
            };
    }

    public static async Task<IResult> PostAsync(
        [AsParameters] MemberForm form, string member, CancellationToken cancellationToken)
    {
        var typed = form.Typed with { Id = member };
        var errors = await form.SaveAsync(
            $"{member} changed",
            (edit, charter) =>
            {
                if (edit.FindMember(member) is not { } path)
                {
                    return new(null, []);
                }

                // What is typed stays when it is refused, and with it what others have changed meanwhile.
                typed = typed.Over(MemberFields.Of(charter.Members.Single(other => other.Id == member)), out var clashes);
                typed.Write(edit, path);
                return new(path, clashes);
            },
            cancellationToken);
        return errors is null ? ToList(form, Done.MemberChanged) : Page(form.Charter, typed with { Errors = errors }, form.Time);
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
                (edit, _) =>
                {
                    if (edit.FindMember(member) is not { } path)
                    {
                        return new(null, []);
                    }

                    if (returns)
                    {
                        edit.AddTerm(path, typed.From.Trim());
                    }
                    else
                    {
                        edit.EndTerm(path, typed.Until);
                    }

                    return new(path, []);
                },
                cancellationToken);
        return errors is null
            ? ToList(form, Done.TermChanged)
            : Page(form.Charter, MemberFields.Of(found) with { From = typed.From, Until = typed.Until, Errors = errors }, form.Time);
    }

    private static RedirectHttpResult ToList(MemberForm form, Done done) =>
        DoneWords.Redirect($"/desk/{form.InForce.Id}/members", done);

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
        new(new { Charter = charter, Typed = typed, Today = charter.DayOf(clock.GetUtcNow()) })
        {
            StatusCode = typed.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}
