using System.Text;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Tests.Votes;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>What tests of incoming mail do with a committee that has a mailbox of its own.</summary>
internal static class Inbox
{
    public const string Tessa = "tessa@quill.example";
    public const string Oren = "oren@vale.example";
    public const string Mia = "mia@berg.example";
    public const string Lev = "lev@sand.example";
    public const string Ida = "ida@holm.example";
    public const string Friend = "friend@elsewhere.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Task<Collected> ReadAsync(this VoteRun run) =>
        run.Of<CollectMail>().RunAsync(run.Charter.Mailbox, anew: false, Cancel);

    /// <summary>All rows, the oldest mail first.</summary>
    public static async Task<List<CollectedMail>> RowsAsync(this VoteRun run) =>
        [.. (await run.Of<MailStore>().ListAsync(run.Id, after: null, Cancel).ToListAsync(Cancel)).OrderBy(
            mail => mail.Received)];

    /// <summary>Reads the mailbox, in which one mail lies.</summary>
    public static async Task<CollectedMail> ReadOneAsync(this VoteRun run)
    {
        await run.ReadAsync();
        return Assert.Single(await run.RowsAsync());
    }

    public static async Task<List<Ballot>> BallotsAsync(this VoteRun run, string? motion = null) =>
        await run.Of<BallotStore>().ReadAsync(await run.MotionAsync(motion), Cancel).ToListAsync(Cancel);

    public static BallotToken TokenOf(this VoteRun run, string voter, string? motion = null) =>
        run.Of<VotingKeys>().BallotToken(run.Id, motion ?? SmallCommittee.Draft.Id, voter);

    /// <summary>A mail from another server, as it came over the wire.</summary>
    /// <param name="headers">All of them, each line with its end; <c>{token}</c> stands for Tessa's.</param>
    /// <param name="results">
    /// Authentication-Results that the receiving server wrote; null: an honest pass of From's domain.
    /// </param>
    public static void Deliver(
        this VoteRun run, string headers, string body = "+1\n", IReadOnlyList<string>? results = null, string? authAs = null, string? returnPath = null)
    {
        var token = run.TokenOf("tessa").ToString();
        run.Host.Deliver(new OutsideMail
        {
            Mime = Encoding.UTF8.GetBytes($"{headers}\n{body}"
                .Replace("{token}", token, StringComparison.Ordinal)
                .Replace("{TOKEN}", token.ToUpperInvariant(), StringComparison.Ordinal)
                .Replace("{mailbox}", run.Charter.Mailbox, StringComparison.Ordinal)
                .ReplaceLineEndings("\r\n")),
            Recipients = [run.Charter.Mailbox],
            ReturnPath = returnPath ?? "someone@sender.example",
            AuthenticationResults = results ?? [OutsideMail.Pass("quill.example")],
            AuthAs = authAs,
        });
    }

    /// <summary>A mail of ours in the outbox that has left.</summary>
    public static async Task SendAsync(this VoteRun run, string key, string address, string text = "text")
    {
        await run.Of<Outbox>().QueueAsync(
            run.Id,
            [new OutgoingMail { Key = key, To = [new(address, address)], Subject = $"About {key.Split('|')[0]}", Html = $"<p>{text}</p>", Text = text }],
            Cancel);
        Assert.IsType<SendOutcome.Sent>(await run.Of<Outbox>().SendAsync(run.Charter, key, Cancel));
    }

    /// <summary>Answers the last mail in an inbox.</summary>
    public static void AnswerLast(this VoteRun run, string address, string text, ReplyStyle style = ReplyStyle.TopPost) =>
        run.Host.As(address).Reply(run.Host.Messages(address)[^1].Id, text, style);
}
