using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using BscFlow.Mail;
using BscFlow.Secretary;
using BscFlow.Votes.Receiving;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>An incoming mail as the programming interface gives it.</summary>
/// <param name="Id">What routes call it.</param>
/// <param name="From">The address that it names, proved or not: see <paramref name="Reason"/>.</param>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Reason">Why, and what became of it.</param>
/// <param name="About">A motion, a meeting, or the key of the mail that it answers.</param>
/// <param name="Text">What the sender wrote; null where it is not kept.</param>
/// <param name="Open">Whether it waits for a person.</param>
public sealed record MailView(
    string Id,
    DateTimeOffset Received,
    string From,
    string Subject,
    MailKind Kind,
    string Reason,
    string? About,
    string? Member,
    string? Text,
    bool Open,
    bool HasRaw,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? Settlement)
{
    public static MailView Of(CollectedMail mail) => new(
        mail.Id, mail.Received, mail.From, mail.Subject, mail.Kind, mail.Reason, mail.About, mail.Member, mail.Text, mail.IsOpen,
        mail.HasRaw, mail.SettledAt, mail.SettledBy, mail.Settlement);
}

/// <summary>What a person made of a mail.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SettlementRequest(string? How = null);

/// <summary>As whose ballot a mail counts.</summary>
/// <param name="Vote"><c>for</c>, <c>against</c> or <c>abstain</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MailedBallotRequest(
    string? Motion, string? Voter, [property: AllowedValues("for", "against", "abstain")] string? Vote, string? Comment = null);

/// <summary>Incoming mail, and putting it right, for programs.</summary>
internal static class MailApi
{
    /// <param name="open">Only those that wait for a person.</param>
    public static async Task<Ok<IReadOnlyList<MailView>>> ListAsync(
        InForce inForce, bool? open, string? after, int? most, HttpContext context, MailStore store, CancellationToken cancellationToken)
    {
        var page = new ApiPage(after, most);
        var mails = open is true
            ? store.ListOpenAsync(inForce.Id, page.After, cancellationToken)
            : store.ListAsync(inForce.Id, page.After, cancellationToken);
        var found = await mails.Take(page.Size).Select(MailView.Of).ToListAsync(cancellationToken);
        return TypedResults.Ok(page.Tell(context, found, mail => mail.Id));
    }

    /// <summary>The mail as it came over the wire, to be kept in a file: a browser must not show it.</summary>
    public static async Task<IResult> RawAsync(
        InForce inForce, string mail, MailStore store, RawMails raws, CancellationToken cancellationToken) =>
        await store.FindAsync(inForce.Id, mail, cancellationToken) is { } found
        && await raws.FindAsync(inForce.Id, found.RawId, cancellationToken) is { } raw
            ? TypedResults.File(raw, "message/rfc822", $"{found.Id[..12]}.eml")
            : TypedResults.NotFound();

    public static async Task<IResult> SettleAsync(
        InForce inForce,
        Actor who,
        string mail,
        SettlementRequest request,
        SettleMail settle,
        CancellationToken cancellationToken)
    {
        if (!TypedText.TryReadOptionalLine(request.How, out var how))
        {
            return Invalid.Field("how", $"Say what you made of it in one line of at most {TypedText.LongestLine} characters, or nothing.");
        }

        return Result(await settle.RunAsync(inForce.Charter, mail, how ?? "", who.Name, cancellationToken));
    }

    public static async Task<IResult> CountAsync(
        InForce inForce,
        Actor who,
        string mail,
        MailedBallotRequest request,
        SettleMail settle,
        CancellationToken cancellationToken) =>
        !TypedText.TryReadVote(request.Vote, out var vote)
            ? Invalid.Field("vote", "Give for, against or abstain.")
            : Result(await settle.CountAsync(
                inForce.Charter, mail, request.Motion ?? "", request.Voter ?? "", vote, request.Comment, who.Name, cancellationToken));

    private static IResult Result(SettleOutcome outcome) => outcome switch
    {
        SettleOutcome.Settled settled => TypedResults.Ok(MailView.Of(settled.Mail)),
        SettleOutcome.NotCounted not => TypedResults.Problem(WhyNotCounted(not), statusCode: StatusCodes.Status409Conflict),
        _ => TypedResults.NotFound(),
    };

    public static string WhyNotCounted(SettleOutcome.NotCounted not) =>
        not.Casting is { } casting ? CastingWords.Of(casting) : "There is no such motion, or nobody of this name votes on it.";
}
