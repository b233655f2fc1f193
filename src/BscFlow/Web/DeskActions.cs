using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The desk's register of action items.</summary>
internal static class DeskActions
{
    public static async Task<RazorComponentResult<ActionsDeskPage>> ListAsync(
        InForce inForce, [FromQuery] string? show, ActionStore actions, TimeProvider clock, CancellationToken cancellationToken) =>
        new(new
        {
            inForce.Charter,
            Items = show == DeskList.All
                ? await actions.AllAsync(inForce.Id, cancellationToken)
                : await actions.OpenAsync(inForce.Id, cancellationToken),
            All = show == DeskList.All,
            Today = inForce.Charter.DayOf(clock.GetUtcNow()),
        });

    public static async Task<IResult> GetAsync(
        InForce inForce, string action, ActionStore actions, TimeProvider clock, CancellationToken cancellationToken) =>
        await actions.FindAsync(inForce.Id, action, cancellationToken) is { } item
            ? Page(inForce.Charter, item, ActionFields.Of(inForce.Charter, item, clock), clock)
            : TypedResults.NotFound();

    public static async Task<IResult> PostAsync(
        InForce inForce,
        Actor who,
        string action,
        IFormCollection form,
        ActionStore actions,
        ChangeAction change,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (await actions.FindAsync(inForce.Id, action, cancellationToken) is not { } item)
        {
            return TypedResults.NotFound();
        }

        var typed = ActionFields.Read(form);
        if (!typed.TryWish(new Roster(inForce.Charter), inForce.Charter.DayOf(clock.GetUtcNow()), out var wish))
        {
            return Page(inForce.Charter, item, typed with { DueError = "Give the day as 2026-03-04." }, clock);
        }

        return await change.RunAsync(inForce.Charter, action, wish, who.Name, cancellationToken) switch
        {
            ActionOutcome.Changed => DoneWords.Redirect($"/desk/{inForce.Id}/actions", Done.ItemChanged),
            ActionOutcome.Refused { Field: "owners", Reason: var reason } =>
                Page(inForce.Charter, item, typed with { OwnersError = reason }, clock),
            ActionOutcome.Refused refused => Page(inForce.Charter, item, typed with { DueError = refused.Reason }, clock),
            _ => TypedResults.NotFound(),
        };
    }

    public static async Task<IResult> DoneAsync(
        InForce inForce, Actor who, string action, ChangeAction change, CancellationToken cancellationToken) =>
        await change.RunAsync(inForce.Charter, action, new ActionWish(ActionState.Done), who.Name, cancellationToken)
            is ActionOutcome.Changed
            ? DoneWords.Redirect($"/desk/{inForce.Id}/actions", Done.ItemDone)
            : TypedResults.NotFound();

    private static RazorComponentResult<ActionDeskPage> Page(Charter charter, ActionItem item, ActionFields typed, TimeProvider clock) =>
        new(new { Charter = charter, Item = item, Typed = typed, Today = charter.DayOf(clock.GetUtcNow()) })
        {
            StatusCode = (typed.OwnersError ?? typed.DueError) is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
}

/// <summary>An action item as a form was made of it.</summary>
/// <param name="Owners">As in <see cref="ActionItem.Owners"/>.</param>
/// <param name="Due">A day, or nothing.</param>
public sealed record ActionWas(string State, IReadOnlyList<string> Owners, string Due);

/// <summary>What was typed into the form of an action item, and what is wrong with it.</summary>
public sealed record ActionFields
{
    public required string State { get; init; }

    /// <summary>The owners that the form has a box for.</summary>
    public required IReadOnlyList<string> Owners { get; init; }

    public required string Others { get; init; }

    public required string Due { get; init; }

    /// <summary>What the form was made of: what differs from it is wished, and what somebody else changed meanwhile stays.</summary>
    public required ActionWas Was { get; init; }

    public string? OwnersError { get; init; }

    public string? DueError { get; init; }

    internal static ActionFields Of(Charter charter, ActionItem item, TimeProvider clock)
    {
        var boxes = new Roster(charter).On(charter.DayOf(clock.GetUtcNow())).Select(member => member.Id)
            .Concat(charter.Guests.Select(guest => guest.Name))
            .Append(ActionItem.Everyone)
            .ToHashSet();
        return new ActionFields
        {
            State = item.State.ToString(),
            Owners = [.. item.Owners.Where(boxes.Contains)],
            Others = string.Join(", ", item.Owners.Where(owner => !boxes.Contains(owner)).Select(charter.NameOf)),
            Due = DayOf(item),
            Was = new ActionWas(item.State.ToString(), item.Owners, DayOf(item)),
        };
    }

    internal static ActionFields Read(IFormCollection form) => new()
    {
        State = form["state"].ToString(),
        Owners = [.. form["owner"].OfType<string>()],
        Others = form["others"].ToString(),
        Due = form["due"].ToString(),
        Was = new ActionWas(form["was.state"].ToString(), [.. form["was.owner"].OfType<string>()], form["was.due"].ToString()),
    };

    /// <returns>False when the day is none.</returns>
    internal bool TryWish(Roster roster, DateOnly today, out ActionWish wish)
    {
        DateOnly? due = null;
        if (Due.Length > 0)
        {
            if (!CharterValues.TryDate(Due, out var day))
            {
                wish = new ActionWish();
                return false;
            }

            due = day;
        }

        var others = Others.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        HashSet<string> owners = [.. Owners, .. others.Select(name => ActionRegister.Owner(name, today, roster))];
        wish = new ActionWish(
            State != Was.State && Enum.TryParse<ActionState>(State, out var state) ? state : null,
            owners.SetEquals(Was.Owners) ? null : [.. owners],
            Due != Was.Due ? due : null,
            Undated: Due.Length == 0 && Was.Due.Length > 0);
        return true;
    }

    private static string DayOf(ActionItem item) => item.Due is { } due ? CharterValues.Text(due) : "";
}
