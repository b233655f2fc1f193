using BscFlow.Links;
using BscFlow.Votes;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using BscFlow.Web.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>The page behind the link in each voter's mail. To open it does nothing, for scanners open links; its button votes.</summary>
internal static class VotePages
{
    public static async Task<IResult> GetAsync(
        InForce inForce,
        string token,
        CastBallot cast,
        TakeNomination nominations,
        SiteLinks links,
        CancellationToken cancellationToken) =>
        PageToken.Parse(token) is { } read
        && await cast.ShowPageAsync(read, cancellationToken) is { } page
        && page.Motion.Committee == inForce.Id
            ? Page(page, links, new BallotForm(), problem: null)
            : await NominationPages.GetAsync(inForce, token, nominations, cancellationToken) ?? Closed();

    public static async Task<IResult> PostAsync(
        InForce inForce,
        string token,
        [FromForm] BallotForm form,
        HttpContext context,
        CastBallot cast,
        TakeNomination nominations,
        SiteLinks links,
        CancellationToken cancellationToken)
    {
        if (await FindAsync(inForce, token, cast, cancellationToken) is not { } page)
        {
            return await NominationPages.PostAsync(inForce, token, context.Request.Form, nominations, cancellationToken) ?? Closed();
        }

        var sent = page.Motion.Options is { } options ? OptionForm.Read(options, context.Request.Form) : null;
        var problem = !form.IsFromPage ? OptionForm.SomethingIsMissing
            : sent is not null && sent.Problem is { } wrong ? wrong
            : sent is null && form.Chosen is null ? "Choose one."
            : form.Comment?.Length > Ballot.LongestComment ? $"A comment has at most {Ballot.LongestComment} characters."
            : null;
        var isNothing = problem is null && sent?.IsEmptyOf(page.Motion.Options!) == true && !form.Empty;
        if (isNothing)
        {
            problem = "Your ballot is not taken yet: it says nothing of any option. If you mean to hand in an empty ballot, press the button again.";
        }

        if (problem is null)
        {
            var casting = await cast.FromPageAsync(
                PageToken.Parse(token)!.Value,
                (sent?.Ballot(form.Comment) ?? new PageBallot(form.Chosen!.Value, form.Comment?.ReplaceLineEndings("\n")))
                    with
                { Wording = form.Wording },
                form.Press,
                cancellationToken);
            if (casting is Casting.Accepted)
            {
                return DoneWords.Redirect(context.Request.Path, Done.Voted);
            }

            problem = casting is null ? null : CastingWords.Of(casting);
        }

        return problem is null ? Closed() : Page(page, links, form with { Empty = isNothing }, problem, sent);
    }

    private static async Task<BallotPage?> FindAsync(
        InForce inForce, string token, CastBallot cast, CancellationToken cancellationToken) =>
        PageToken.Parse(token) is { } read
        && await cast.OpenPageAsync(read, cancellationToken) is { } page
        && page.Motion.Committee == inForce.Id
            ? page
            : null;

    private static RazorComponentResult<VotePage> Page(
        BallotPage page, SiteLinks links, BallotForm form, string? problem, OptionForm? sent = null) => new(new
        {
            Page = page,
            Sent = sent?.Fields,
            Form = form with { Press = form.IsFromPage ? form.Press : Guid.NewGuid().ToString("N") },
            Problem = problem,
            Public = links.Motion(page.Charter, page.Motion.Id).AbsolutePath,
        })
        {
            StatusCode = problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };

    /// <summary>The same answer for every link that opens nothing.</summary>
    private static RazorComponentResult<ClosedLinkPage> Closed() => new(new
    {
        Why = "A link to vote opens the ballot of one voter, and this one is not complete. The whole link stands in the mail that asked you to vote.",
    })
    {
        StatusCode = StatusCodes.Status404NotFound,
    };
}

/// <summary>What a voter chose on the page.</summary>
public sealed record BallotForm
{
    /// <summary>As <see cref="TypedText.TryReadVote"/> takes it.</summary>
    public string? Vote { get; init; }

    /// <summary>Null where nothing was chosen, or nothing that can be.</summary>
    internal Vote? Chosen => TypedText.TryReadVote(Vote, out var vote) ? vote : null;

    public string? Comment { get; init; }

    /// <summary>Whether the voter was told that the ballot is empty, so that one more press hands it in.</summary>
    public bool Empty { get; init; }

    /// <summary>Made anew for each page that is shown, so that a form that is sent twice is one ballot.</summary>
    public string Press { get; init; } = "";

    /// <summary>It becomes the ballot's evidence, which is published: nothing else than what a page writes does.</summary>
    internal bool IsFromPage => Guid.TryParseExact(Press, "N", out _);

    /// <summary>The <see cref="Motion.Wording"/> of what the page showed.</summary>
    public string? Wording { get; init; }
}
