using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Links;
using BscFlow.Meetings;
using BscFlow.Publishing;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Mails;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>An open motion on which a member is asked.</summary>
public sealed record OpenBallot(Motion Motion, bool Voted);

/// <summary>What a member finds on their own page.</summary>
public sealed record MyView
{
    public required Charter Charter { get; init; }

    public required Member Member { get; init; }

    public required DateOnly Today { get; init; }

    /// <summary>Path of the page, from which its forms' paths go on.</summary>
    public required string Path { get; init; }

    public required IReadOnlyList<OpenBallot> Ballots { get; init; }

    /// <summary>Id of the motion whose ballot was just mailed.</summary>
    public string? Mailed { get; init; }

    /// <summary>Open items of the member, and those of everyone.</summary>
    public required IReadOnlyList<ActionItem> Actions { get; init; }

    /// <summary>Of the last year, the latest first.</summary>
    public required IReadOnlyList<MeetingOfMember> Meetings { get; init; }

    public required IReadOnlyList<Absence> Absences { get; init; }

    public MyForms Forms { get; init; } = new();
}

/// <summary>What was typed on the page, and what is wrong with it.</summary>
public sealed record MyForms
{
    /// <summary>Id of the action item that <see cref="Later"/> is about.</summary>
    public string? Action { get; init; }

    public string? Later { get; init; }

    public string? LaterError { get; init; }

    /// <summary>Why nothing was done about an action item, a sentence.</summary>
    public string? ActionError { get; init; }

    public string? From { get; init; }

    public string? Until { get; init; }

    public string? Note { get; init; }

    public string? FromError { get; init; }

    public string? UntilError { get; init; }

    public string? NoteError { get; init; }

    internal bool IsWrong => (LaterError ?? ActionError ?? FromError ?? UntilError ?? NoteError) is not null;
}

/// <summary>A member's own page, behind the link in every mail: no account, no password.</summary>
/// <remarks>
/// To open it does nothing, for scanners open links; its buttons do. None of them votes, for mails are passed on: see
/// <see cref="SendBallot"/>.
/// </remarks>
public sealed class MyPages(
    SiteLinks links,
    MotionStore motions,
    BallotStore ballots,
    ActionStore actions,
    ReadAttendance attendance,
    AbsenceStore absences,
    TimeProvider clock)
{
    /// <param name="mailed">The motion whose ballot was just mailed.</param>
    internal static async Task<IResult> GetAsync(
        InForce inForce, string member, string until, string signature, string? mailed, MyPages pages, CancellationToken cancellationToken) =>
        pages.Find(inForce.Charter, member, until, signature) is { } found
            ? await pages.PageAsync(inForce.Charter, found, until, signature, new MyForms(), cancellationToken, mailed)
            : Closed();

    internal static async Task<IResult> BallotAsync(
        InForce inForce,
        string member,
        string until,
        string signature,
        string motion,
        MyPages pages,
        SendBallot send,
        CancellationToken cancellationToken)
    {
        if (pages.Find(inForce.Charter, member, until, signature) is not { } found
            || !await send.RunAsync(inForce.Charter, motion, found, cancellationToken))
        {
            return Closed();
        }

        return TypedResults.Redirect($"{PathOf(inForce.Charter, found, until, signature)}?mailed={motion}");
    }

    internal static async Task<IResult> ActionAsync(
        InForce inForce,
        string member,
        string until,
        string signature,
        string action,
        IFormCollection form,
        MyPages pages,
        ActionStore actions,
        ChangeAction change,
        CancellationToken cancellationToken)
    {
        if (pages.Find(inForce.Charter, member, until, signature) is not { } found
            || await actions.FindAsync(inForce.Id, action, cancellationToken) is not { } item
            || !item.Owners.Contains(found.Id))
        {
            return Closed();
        }

        if (item.State is not ActionState.Open)
        {
            var closed = $"“{SiteText.Sentence(item.Text)}” is {(item.State is ActionState.Done ? "done" : "dropped")} already; nothing was changed.";
            return await pages.PageAsync(inForce.Charter, found, until, signature, new() { ActionError = closed }, cancellationToken);
        }

        ActionWish wish;
        Done done;
        switch (form["do"].ToString())
        {
            case "done":
                (wish, done) = (new ActionWish(ActionState.Done), Done.ItemDone);
                break;
            case "not-mine":
                (wish, done) = (new ActionWish(Owners: [.. item.Owners.Where(owner => owner != found.Id)]), Done.ItemNotMine);
                break;
            case "later":
                var later = form["later"].ToString();
                if (!CharterValues.TryDate(later, out var due) || due < pages.Today(inForce.Charter))
                {
                    var forms = new MyForms { Action = item.Id, Later = later, LaterError = "Give a day that is still to come." };
                    return await pages.PageAsync(inForce.Charter, found, until, signature, forms, cancellationToken);
                }

                (wish, done) = (new ActionWish(Due: due), Done.ItemLater);
                break;
            default:
                var unclear = new MyForms { ActionError = "That was none of the page's buttons; nothing was changed." };
                return await pages.PageAsync(inForce.Charter, found, until, signature, unclear, cancellationToken);
        }

        await change.RunAsync(inForce.Charter, item.Id, wish, found.Addresses[0], cancellationToken);
        return DoneWords.Redirect(PathOf(inForce.Charter, found, until, signature), done);
    }

    internal static async Task<IResult> AbsentAsync(
        InForce inForce,
        string member,
        string until,
        string signature,
        IFormCollection form,
        MyPages pages,
        AnnounceAbsence announce,
        CancellationToken cancellationToken)
    {
        if (pages.Find(inForce.Charter, member, until, signature) is not { } found)
        {
            return Closed();
        }

        var forms = new MyForms { From = form["from"].ToString(), Until = form["until"].ToString(), Note = form["note"].ToString() };
        var last = default(DateOnly);
        forms = forms with
        {
            FromError = CharterValues.TryDate(forms.From, out var first) ? null : "Give the first day.",
            UntilError = forms.Until.Length == 0 || CharterValues.TryDate(forms.Until, out last) ? null : "Give the last day.",
            NoteError = forms.Note.Length == 0 || TypedText.TryReadLine(forms.Note, out _) ? null : "A note is one line.",
        };
        if (forms is { FromError: null, UntilError: null, NoteError: null })
        {
            var absence = new Absence(
                found.Id, first, forms.Until.Length == 0 ? first : last, forms.Note.Trim() is { Length: > 0 } note ? note : null);
            if (await announce.RunAsync(inForce.Charter, absence, found.Addresses[0], cancellationToken) is not AbsenceOutcome.Refused refused)
            {
                return DoneWords.Redirect(PathOf(inForce.Charter, found, until, signature), Done.Away);
            }

            forms = refused.Field == "from" ? forms with { FromError = refused.Reason } : forms with { UntilError = refused.Reason };
        }

        return await pages.PageAsync(inForce.Charter, found, until, signature, forms, cancellationToken);
    }

    internal static async Task<IResult> PresentAsync(
        InForce inForce,
        string member,
        string until,
        string signature,
        string from,
        MyPages pages,
        WithdrawAbsence withdraw,
        CancellationToken cancellationToken)
    {
        if (pages.Find(inForce.Charter, member, until, signature) is not { } found || !CharterValues.TryDate(from, out var first))
        {
            return Closed();
        }

        await withdraw.RunAsync(inForce.Charter, found.Id, first, found.Addresses[0], cancellationToken);
        return DoneWords.Redirect(PathOf(inForce.Charter, found, until, signature), Done.NotAway);
    }

    /// <summary>The same answer whether the link is wrong or has lapsed.</summary>
    private static RazorComponentResult<ClosedMyPage> Closed() => new() { StatusCode = StatusCodes.Status404NotFound };

    private static string PathOf(Charter charter, Member member, string until, string signature) =>
        $"/my/{charter.Id}/{member.Id}/{until}/{signature}";

    private DateOnly Today(Charter charter) => charter.DayOf(clock.GetUtcNow());

    private Member? Find(Charter charter, string member, string until, string signature) =>
        charter.Members.FirstOrDefault(other => other.Id == member) is { } found
        && links.MayOpen(charter, found, until, signature, clock.GetUtcNow())
            ? found
            : null;

    private async Task<RazorComponentResult<MyPage>> PageAsync(
        Charter charter,
        Member member,
        string until,
        string signature,
        MyForms forms,
        CancellationToken cancellationToken,
        string? mailed = null)
    {
        var today = Today(charter);
        var open = await actions.OpenAsync(charter.Id, cancellationToken);
        return new(new
        {
            View = new MyView
            {
                Charter = charter,
                Member = member,
                Today = today,
                Path = PathOf(charter, member, until, signature),
                Ballots = await BallotsAsync(charter, member, cancellationToken),
                Mailed = mailed,
                Actions =
                [
                    .. open.Where(item => item.Owners.Contains(member.Id) || item.Owners.Contains(ActionItem.Everyone))
                        .OrderBy(item => item.Due ?? DateOnly.MaxValue).ThenBy(item => item.Opened),
                ],
                Meetings = await attendance.RunAsync(charter, member, today, cancellationToken),
                Absences = [.. (await absences.SinceAsync(charter.Id, today, cancellationToken)).Where(absence => absence.Member == member.Id)],
                Forms = forms,
            },
        })
        {
            StatusCode = forms.IsWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    private async Task<IReadOnlyList<OpenBallot>> BallotsAsync(Charter charter, Member member, CancellationToken cancellationToken)
    {
        var mine = new List<OpenBallot>();
        foreach (var motion in await motions.OpenAsync(charter.Id, cancellationToken))
        {
            if (motion.Electorate.Asks(member.Id))
            {
                mine.Add(new OpenBallot(motion, await ballots.FindAsync(motion, member.Id, cancellationToken) is not null));
            }
        }

        return [.. mine.OrderBy(ballot => ballot.Voted).ThenBy(ballot => ballot.Motion.Deadline)];
    }
}
