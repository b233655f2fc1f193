using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>Ways to vote in Tessa's name, each from the wire to its row. None is counted, and each says why.</summary>
public sealed class ForgeryTests(ForgeryTests.Target target) : IClassFixture<ForgeryTests.Target>
{
    private const string Pass =
        "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=quill.example; dkim=pass (signature was verified) header.d=quill.example;"
        + "dmarc=pass action=none header.from=quill.example;compauth=pass reason=100";

    private const string Fail =
        "spf=fail smtp.mailfrom=mallory.example; dkim=none;dmarc=fail action=quarantine header.from=quill.example";

    private const string MalloryPass =
        "spf=pass smtp.mailfrom=mallory.example; dmarc=pass action=none header.from=mallory.example";

    private const string Called = "To: {mailbox}\nSubject: Re: Vote [v-{token}]\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A motion on which Tessa is asked, in a committee that all these tests share.</summary>
    public sealed class Target(AzuriteFixture azurite) : IAsyncLifetime
    {
        internal VoteRun Run { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Run = await VoteRun.StartAsync(azurite);
            await Run.OpenAsync();
            await Run.OpenAsync(SmallCommittee.Draft with { Id = "2025-07-other", Title = "Another" });
        }

        public ValueTask DisposeAsync() => Run.DisposeAsync();
    }

    private sealed record Forgery(string Headers, string[] Results, string Reason)
    {
        public string Body { get; init; } = "+1\n";

        public string? AuthAs { get; init; }

        public string? ReturnPath { get; init; }
    }

    private static readonly Dictionary<string, Forgery> Forgeries = new()
    {
        // A forged From.
        ["From forged, DMARC failed"] = new("From: tessa@quill.example\n" + Called, [Fail], "dmarc=fail"),
        ["From forged, domain without a policy"] =
            new("From: tessa@quill.example\n" + Called, ["dmarc=none action=none header.from=quill.example"], "dmarc=none"),
        ["From forged, nothing checked it"] = new("From: tessa@quill.example\n" + Called, [], "no Authentication-Results"),
        ["From forged, only SPF passed"] = new(
            "From: tessa@quill.example\n" + Called, ["spf=pass smtp.mailfrom=quill.example"], "exactly one dmarc"),
        ["From forged, only DKIM passed"] = new(
            "From: tessa@quill.example\n" + Called, ["dkim=pass header.d=quill.example"], "exactly one dmarc"),
        ["From forged, compauth by an ARC override (130)"] = new(
            "From: tessa@quill.example\n" + Called,
            ["dmarc=fail action=oreject header.from=quill.example;compauth=pass reason=130"],
            "dmarc=fail"),
        ["From forged, compauth by a guess (109)"] =
            new(
                "From: tessa@quill.example\n" + Called,
                ["dmarc=none header.from=quill.example;compauth=pass reason=109"],
                "dmarc=none"),
        ["From forged, Microsoft's best guess"] =
            new(
                "From: tessa@quill.example\n" + Called,
                ["dmarc=bestguesspass action=none header.from=quill.example"],
                "bestguesspass"),
        ["From forged, temporary error"] =
            new("From: tessa@quill.example\n" + Called, ["dmarc=temperror action=none header.from=quill.example"], "temperror"),
        ["From forged, another domain passed"] = new(
            "From: tessa@quill.example\n" + Called, [MalloryPass], "not for quill.example"),
        ["From forged, a subdomain passed"] =
            new("From: tessa@quill.example\n" + Called, ["dmarc=pass action=none header.from=evil.quill.example"], "not for"),
        ["From forged, passed for two domains"] =
            new(
                "From: tessa@quill.example\n" + Called,
                ["dmarc=pass header.from=quill.example header.from=mallory.example"],
                "not for"),

        // Results that the sender brings along.
        ["own results beside a failure"] = new(
            $"Authentication-Results: {Pass}\nFrom: tessa@quill.example\n{Called}", [Fail], "dmarc=fail"),
        ["own results and none of the server"] =
            new($"Authentication-Results: {Pass}\nFrom: tessa@quill.example\n{Called}", [], "no Authentication-Results"),
        ["own results in other case"] = new(
            $"authentication-results: {Pass}\nFrom: tessa@quill.example\n{Called}", [Fail], "dmarc=fail"),
        ["own ARC results"] = new(
            $"ARC-Authentication-Results: i=1; {Pass}\nFrom: tessa@quill.example\n{Called}", [Fail], "dmarc=fail"),
        ["own original results"] = new(
            $"Authentication-Results-Original: {Pass}\nFrom: tessa@quill.example\n{Called}", [], "no Authentication-Results"),
        ["two headers of results"] = new("From: tessa@quill.example\n" + Called, [Pass, Fail], "2 Authentication-Results"),
        ["two headers of results, ours last"] = new(
            "From: tessa@quill.example\n" + Called, [Fail, Pass], "2 Authentication-Results"),
        ["two results in one header"] = new(
            "From: tessa@quill.example\n" + Called,
            ["dmarc=fail header.from=quill.example; dmarc=pass header.from=quill.example"],
            "one way"),
        ["result in a comment"] = new(
            "From: tessa@quill.example\n" + Called,
            ["spf=none (dmarc=pass header.from=quill.example) smtp.mailfrom=x.example"],
            "exactly one dmarc"),
        ["comment closed from within"] = new(
            "From: tessa@quill.example\n" + Called,
            ["spf=none (x) ; dmarc=pass header.from=quill.example ( ) smtp.mailfrom=x; dmarc=fail header.from=quill.example"],
            "one way"),
        ["result in a quoted mail-from"] = new(
            "From: tessa@quill.example\n" + Called,
            ["spf=none smtp.mailfrom=\"x; dmarc=pass header.from=quill.example\"; dmarc=fail header.from=quill.example"],
            "one way"),
        ["comment left open"] = new(
            "From: tessa@quill.example\n" + Called, ["spf=none (; dmarc=pass header.from=quill.example"], "one way"),

        // Mail that says it is from inside the tenant.
        ["AuthAs brought along"] = new(
            $"X-MS-Exchange-Organization-AuthAs: Internal\nFrom: tessa@quill.example\n{Called}", [], "no Authentication-Results"),
        ["AuthAs with more than the word"] =
            new("From: tessa@quill.example\n" + Called, [], "no Authentication-Results") { AuthAs = "Internal74" },
        ["AuthAs in other case"] = new("From: tessa@quill.example\n" + Called, [], "no Authentication-Results") { AuthAs = "internal" },
        ["AuthAs of a relay that the tenant takes for its own"] =
            new("From: tessa@quill.example\n" + Called, [], "proves nothing of quill.example") { AuthAs = "Internal" },
        ["AuthAs beside a failure"] = new("From: tessa@quill.example\n" + Called, [Fail], "dmarc=fail") { AuthAs = "Internal" },

        // A From that reads as two.
        ["two From headers"] = new($"From: tessa@quill.example\nFrom: mallory@mallory.example\n{Called}", [Pass], "2 From"),
        ["two addresses in From"] = new(
            $"From: tessa@quill.example, mallory@mallory.example\n{Called}", [Pass], "not one address"),
        ["an address before the address"] = new(
            $"From: mallory@mallory.example <tessa@quill.example>\n{Called}", [Pass], "more than one address"),
        ["a source route"] = new($"From: <@mallory.example:tessa@quill.example>\n{Called}", [Pass], "no plain address"),
        ["a group in From"] = new($"From: Members: tessa@quill.example;\n{Called}", [Pass], "not one address"),
        ["a zero-width space in the domain"] = new($"From: tessa@quill\u200b.example\n{Called}", [Pass], "no plain address"),
        ["no From"] = new(Called, [Pass], "no From"),

        // Somebody else's own address, and a stolen token.
        ["the token stolen"] = new($"From: mallory@mallory.example\n{Called}", [MalloryPass], "asked whether it is theirs"),
        ["the token stolen, Tessa's name as the display name"] =
            new(
                $"From: \"tessa@quill.example\" <mallory@mallory.example>\n{Called}",
                [MalloryPass],
                "asked whether it is theirs"),
        ["the token stolen, an encoded word for the name"] =
            new(
                $"From: =?utf-8?q?tessa=40quill.example?= <mallory@mallory.example>\n{Called}",
                [MalloryPass],
                "asked whether it is theirs"),
        ["a look-alike domain"] = new(
            $"From: tessa@qui11.example\n{Called}",
            ["dmarc=pass action=none header.from=qui11.example"],
            "asked whether it is theirs"),
        ["a longer domain"] = new(
            $"From: tessa@quill.example.mallory.example\n{Called}",
            ["dmarc=pass action=none header.from=quill.example.mallory.example"],
            "asked whether it is theirs"),
        ["a Cyrillic letter in the domain"] = new(
            $"From: tessa@xn--qull-g0e.example\n{Called}",
            ["dmarc=pass action=none header.from=xn--qull-g0e.example"],
            "asked whether it is theirs"),
        ["Reply-To is Tessa"] = new(
            $"From: mallory@mallory.example\nReply-To: tessa@quill.example\n{Called}",
            [MalloryPass],
            "asked whether it is theirs"),
        ["sent in her name by who is no proxy"] = new(
            $"From: tessa@quill.example\nSender: mallory@mallory.example\n{Called}", [Pass], "no proxy"),
        ["two senders"] = new(
            $"From: tessa@quill.example\nSender: a@mallory.example\nSender: tessa@quill.example\n{Called}", [Pass], "Sender"),

        // Tokens.
        ["no token"] = new("From: tessa@quill.example\nTo: {mailbox}\nSubject: Re: Vote\n", [Pass], "answers no mail of ours"),
        ["a guessed token"] = new(
            "From: tessa@quill.example\nTo: {mailbox}\nSubject: Re: Vote [v-abcdefghijklmnopqrstuvwx]\n",
            [Pass],
            "answers no mail of ours"),
        ["a token from a stranger, guessed"] = new(
            "From: mallory@mallory.example\nTo: {mailbox}\nSubject: Vote [v-abcdefghijklmnopqrstuvwx]\n",
            [MalloryPass],
            "nobody in the charter"),
        ["another voter's token"] = new(
            "From: tessa@quill.example\nTo: {mailbox}\nSubject: Vote [v-{oren}]\n", [Pass], "asked whether it is theirs"),
        ["two tokens"] = new(
            "From: tessa@quill.example\nTo: {mailbox}\nSubject: Vote [v-{token}] [v-{oren}]\n", [Pass], "more than one ballot"),
        ["the token only in the text"] =
            new("From: tessa@quill.example\nTo: {mailbox}\nSubject: Vote\n", [Pass], "answers no mail of ours") { Body = "+1\n\n[v-{token}]\n" },
        ["a header injected into the subject"] = new(
            "From: mallory@mallory.example\nSubject: =?utf-8?q?Vote_=5Bv-{token}=5D=0D=0AFrom:_tessa=40quill.example?=\nTo: {mailbox}\n",
            [MalloryPass],
            "asked whether it is theirs"),

        // No person wrote it.
        ["an out-of-office that quotes +1"] = new(
            $"From: tessa@quill.example\nAuto-Submitted: auto-replied\n{Called}", [Pass], "Auto-Submitted"),
        ["an empty return path"] = new($"From: tessa@quill.example\n{Called}", [Pass], "Return-Path") { ReturnPath = "" },
        ["a list that sent it on"] = new($"From: tessa@quill.example\nList-Id: <all.quill.example>\n{Called}", [Pass], "List-Id"),
        ["a list that rewrote From"] = new(
            $"From: \"Tessa via Steering\" <steering@lists.example>\nX-Original-From: tessa@quill.example\n{Called}",
            ["dmarc=pass action=none header.from=lists.example"],
            "asked whether it is theirs"),
        ["bulk mail"] = new($"From: tessa@quill.example\nPrecedence: bulk\n{Called}", [Pass], "Precedence"),
        ["a report that holds the ballot"] = new(
            $"From: postmaster@quill.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n{Called}",
            [Pass],
            "report")
        {
            Body = "--b\nContent-Type: text/plain\n\n+1\n--b--\n",
        },
    };

    public static TheoryData<string> Names => [.. Forgeries.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_forgery_is_not_counted_and_its_row_says_why(string how)
    {
        var forgery = Forgeries[how];
        var run = target.Run;
        var id = $"{Guid.NewGuid():n}@client.example";
        var oren = run.TokenOf("oren").ToString();

        run.Deliver(
            $"Message-ID: <{id}>\n{forgery.Headers.Replace("{oren}", oren, StringComparison.Ordinal)}",
            forgery.Body,
            forgery.Results,
            forgery.AuthAs,
            forgery.ReturnPath);
        await run.ReadAsync();

        var row = await run.Of<MailStore>().FindAsync(run.Id, Keys.MailId(id), Cancel);
        Assert.NotNull(row);
        Assert.Contains(forgery.Reason, row.Reason, StringComparison.Ordinal);
        Assert.False(row.Acted);
        Assert.Empty(await run.BallotsAsync());
        Assert.Empty(await run.BallotsAsync("2025-07-other"));
        Assert.Empty(run.Host.Messages(run.Charter.Mailbox));
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(Forgeries.Count >= 40, $"{Forgeries.Count}");
}
