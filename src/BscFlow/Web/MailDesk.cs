using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Secretary;
using BscFlow.Votes;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>What was typed about one mail and not taken.</summary>
public sealed record MailTyped
{
    /// <summary>Id of the mail; empty where nothing was refused.</summary>
    public string Mail { get; init; } = "";

    public string? How { get; init; }

    public string? HowError { get; init; }

    public CountedMailForm Count { get; init; } = new();

    public string? CountError { get; init; }

    public string? VoteError { get; init; }

    /// <summary>What was to stand on an agenda.</summary>
    public string? Item { get; init; }

    public string? ItemError { get; init; }

    internal bool IsWrong => (HowError ?? CountError ?? VoteError ?? ItemError) is not null;
}

/// <summary>What came back from the voters of a motion, and waits.</summary>
/// <param name="Motion">Its id.</param>
public sealed record ReturnedFrom(string Motion, string Title, int Mails);

/// <summary>As whose ballot a mail is to count, as it was chosen.</summary>
public sealed record CountedMailForm
{
    /// <summary>Id of the motion.</summary>
    public string? Motion { get; init; }

    /// <summary>Id of the voter, or their name or address.</summary>
    public string? Voter { get; init; }

    public string? Vote { get; init; }
}

/// <summary>Incoming mail on the desk: plain forms over the same use cases as the programming interface.</summary>
internal static class MailDesk
{
    /// <summary>Of the list of all mail, in the address and in the forms.</summary>
    public const string All = "all";

    /// <summary>How many mails a page holds.</summary>
    public const int Most = 200;

    public static Task<IResult> ListAsync(
        InForce inForce,
        [FromQuery] string? show,
        [FromQuery] string? after,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken) =>
        PageAsync(inForce.Charter, show, new MailTyped(), store, motions, after, cancellationToken);

    public static async Task<IResult> SettleAsync(
        InForce inForce,
        Actor who,
        string mail,
        [FromForm] string? how,
        [FromForm] string? show,
        SettleMail settle,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadOptionalLine(how, out var line))
        {
            var typed = new MailTyped { Mail = mail, How = how, HowError = $"Say it in one line of at most {TypedText.LongestLine} characters." };
            return await PageAsync(inForce.Charter, show, typed, store, motions, after: null, cancellationToken);
        }

        return await settle.RunAsync(inForce.Charter, mail, line ?? "", who.Name, cancellationToken) is SettleOutcome.Settled
            ? Back(inForce, show, Done.MailSettled)
            : TypedResults.NotFound();
    }

    public static async Task<IResult> CountAsync(
        InForce inForce,
        Actor who,
        string mail,
        [FromForm] CountedMailForm form,
        [FromForm] string? show,
        SettleMail settle,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken)
    {
        var electorate = form.Motion is { } id ? (await motions.FindAsync(inForce.Id, id, cancellationToken))?.Electorate : null;
        var voter = electorate?.Find(form.Voter)?.Id;
        if (!TypedText.TryReadVote(form.Vote, out var vote) && voter is not null)
        {
            var typed = new MailTyped { Mail = mail, Count = form, VoteError = "Choose what the mail says." };
            return await PageAsync(inForce.Charter, show, typed, store, motions, after: null, cancellationToken);
        }

        var outcome = voter is not null
            ? await settle.CountAsync(inForce.Charter, mail, form.Motion!, voter, vote, comment: null, who.Name, cancellationToken)
            : new SettleOutcome.NotCounted(null);
        return outcome switch
        {
            SettleOutcome.Settled => Back(inForce, show, Done.MailCounted),
            SettleOutcome.NotCounted not => await PageAsync(
                inForce.Charter,
                show,
                new MailTyped { Mail = mail, Count = form, CountError = MailApi.WhyNotCounted(not) },
                store,
                motions,
                after: null,
                cancellationToken),
            _ => TypedResults.NotFound(),
        };
    }

    public static async Task<IResult> PutOnAgendaAsync(
        InForce inForce,
        Actor who,
        string mail,
        [FromForm] string? item,
        [FromForm] string? show,
        SettleMail settle,
        MailStore store,
        MotionStore motions,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadLine(item, out var line))
        {
            var typed = new MailTyped { Mail = mail, Item = item, ItemError = $"Give it as one line of at most {TypedText.LongestLine} characters." };
            return await PageAsync(inForce.Charter, show, typed, store, motions, after: null, cancellationToken);
        }

        return await settle.PutOnAgendaAsync(inForce.Charter, mail, line, who.Name, cancellationToken) is SettleOutcome.Settled
            ? Back(inForce, show, Done.OnAgenda)
            : TypedResults.NotFound();
    }

    /// <summary>Is done with all that came back from the voters of a motion.</summary>
    public static async Task<IResult> SettleReturnedAsync(
        InForce inForce, Actor who, string motion, ReturnedCalls returned, CancellationToken cancellationToken)
    {
        await returned.SettleAsync(inForce.Charter, motion, who.Name, cancellationToken);
        return Back(inForce, show: null, Done.MailsSettled);
    }

    private static RedirectHttpResult Back(InForce inForce, string? show, Done done) =>
        DoneWords.Redirect($"/desk/{inForce.Id}/mail{(show == All ? $"?show={All}" : "")}", done);

    private static async Task<IResult> PageAsync(
        Charter charter,
        string? show,
        MailTyped typed,
        MailStore store,
        MotionStore motions,
        string? after,
        CancellationToken cancellationToken)
    {
        var mails = show == All
            ? await store.ListAsync(charter.Id, after, cancellationToken).Take(Most).ToListAsync(cancellationToken)
            : await store.ListOpenAsync(charter.Id, after, cancellationToken).ToListAsync(cancellationToken);

        // What came back from many voters is one thing, and does not hide what others have written.
        var returned = show == All ? [] : await TitlesAsync(mails, motions, charter.Id, cancellationToken);
        return new RazorComponentResult<MailDeskPage>(new
        {
            Charter = charter,
            All = show == All,
            Mails = mails.Where(mail => ReturnedCalls.MotionOf(mail) is not { } motion || returned.All(call => call.Motion != motion))
                .Take(Most).ToList(),
            Returned = returned,

            // A mail has no marks that one could give in its place; those of a vote over options are entered on its own page.
            Motions = (await motions.OpenAsync(charter.Id, cancellationToken)).Where(motion => motion.Options is null).ToList(),
            Typed = typed,
        })
        {
            StatusCode = typed.IsWrong ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK,
        };
    }

    /// <summary>The motions from whose voters more than one mail came back.</summary>
    private static async Task<IReadOnlyList<ReturnedFrom>> TitlesAsync(
        IEnumerable<CollectedMail> mails, MotionStore motions, string committee, CancellationToken cancellationToken)
    {
        var found = new List<ReturnedFrom>();
        foreach (var group in mails.GroupBy(ReturnedCalls.MotionOf).Where(group => group.Key is not null && group.Skip(1).Any()))
        {
            var title = (await motions.FindAsync(committee, group.Key!, cancellationToken))?.Title ?? group.Key!;
            found.Add(new ReturnedFrom(group.Key!, title, group.Count()));
        }

        return found;
    }
}
