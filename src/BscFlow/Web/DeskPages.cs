using System.Globalization;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Secretary;
using BscFlow.Storage;
using BscFlow.Web.Pages;
using BscFlow.Web.Pages.Desk;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>The way into the desk, and its front.</summary>
internal static class DeskPages
{
    public static IResult Enter(string? key, HttpContext context, Access access) =>
        access.TryEnter(context, key ?? "")
            ? TypedResults.Redirect("/desk")
            : new RazorComponentResult<ClosedDeskPage>(new { Charter = (Charter?)null, SignsIn = access.SignsPeopleIn, Asked = new PathString("/desk") })
            {
                StatusCode = StatusCodes.Status401Unauthorized,
            };

    /// <summary>Ends a session; whoever was signed in by App Service signs out by its own link.</summary>
    public static async Task<RedirectHttpResult> LeaveAsync(HttpContext context, Access access, CancellationToken cancellationToken)
    {
        await access.LeaveAsync(context, cancellationToken);
        return TypedResults.Redirect(access.SignsPeopleIn ? "/desk" : "/");
    }

    /// <summary>The committees that the visitor serves; with one alone, its desk.</summary>
    public static async Task<IResult> CommitteesAsync(
        Visitor visitor, CharterStore charters, CancellationToken cancellationToken)
    {
        var served = new List<Charter>();
        await foreach (var id in charters.ListAsync(cancellationToken))
        {
            if (await charters.FindAsync(id, cancellationToken) is { } charter && visitor.For(charter) is not null)
            {
                served.Add(charter);
            }
        }

        return served is [var only]
            ? TypedResults.Redirect($"/desk/{only.Id}")
            : new RazorComponentResult<DeskIndexPage>(new { Committees = served });
    }

    /// <summary>What needs a person now.</summary>
    public static async Task<RazorComponentResult<DeskPage>> CommitteeAsync(
        InForce inForce, ReadDesk desk, CancellationToken cancellationToken) =>
        new(new { inForce.Charter, Needs = Needs.Of(await desk.RunAsync(inForce.Charter, cancellationToken)) });

    /// <summary>Has the steps of a kind that were given up tried again at once.</summary>
    public static async Task<IResult> TryAgainAsync(
        InForce inForce,
        Actor who,
        string kind,
        StepFailures failures,
        AuditLog audit,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        foreach (var failed in await failures.GivenUpAsync(inForce.Id, cancellationToken))
        {
            if (failed.Step.Kind.ToString() == kind)
            {
                await failures.AskAsync(failed.Step, cancellationToken);
                var asked = string.Create(CultureInfo.InvariantCulture, $"{kind} {failed.Step.Subject} {time.GetUtcNow().UtcTicks}");
                await audit.AppendOnceAsync(inForce.Id, "step-asked-for", asked, who.Name, failed.Step.Subject, cancellationToken);
            }
        }

        return TypedResults.Redirect($"/desk/{inForce.Id}");
    }

    /// <summary>What a careful secretary would flag in the published minutes.</summary>
    public static async Task<RazorComponentResult<FindingsDeskPage>> FindingsAsync(
        InForce inForce, ReadDesk desk, MeetingStore meetings, CancellationToken cancellationToken)
    {
        var findings = await desk.FindingsAsync(inForce.Charter, cancellationToken);
        return new(new
        {
            inForce.Charter,
            Findings = findings,
            Rows = await RowsAsync(inForce.Charter, findings, meetings, cancellationToken),
        });
    }

    /// <summary>A finding names its meeting by its number, which is its row, or else by its date: where all have numbers nothing is read.</summary>
    private static async Task<IReadOnlyDictionary<string, string>> RowsAsync(
        Charter charter, IReadOnlyList<Finding> findings, MeetingStore meetings, CancellationToken cancellationToken)
    {
        var rows = new Dictionary<string, string>(StringComparer.Ordinal);
        DateOnly? first = null;
        foreach (var name in findings.Select(finding => finding.Meeting).Distinct(StringComparer.Ordinal))
        {
            if (name is ['#', .. var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
            {
                rows[name] = Keys.Meeting(known);
            }
            else if (CharterValues.TryDate(name, out var day) && !(first < day))
            {
                first = day;
            }
        }

        if (first is { } since)
        {
            var from = new DateTimeOffset(since.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddDays(-1);
            foreach (var meeting in await meetings.SinceAsync(charter.Id, from, cancellationToken))
            {
                rows.TryAdd(CharterValues.Text(charter.DayOf(meeting)), meeting.Row);
            }
        }

        return rows;
    }
}
