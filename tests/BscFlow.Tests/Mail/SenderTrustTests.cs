using System.Text;
using BscFlow.Mail;
using MimeKit;

namespace BscFlow.Tests.Mail;

public class SenderTrustTests
{
    private const string Tessa = "From: tessa@quill.example\n";

    private const string Pass =
        "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=quill.example;\n" +
        " dkim=pass (signature was verified) header.d=quill.example;dmarc=pass action=none header.from=quill.example;" +
        "compauth=pass reason=100\n";

    [Theory]
    [InlineData(Tessa + Pass)]
    [InlineData("From: Tessa Quill <tessa@quill.example>\n" + Pass)]
    [InlineData("From: \"Quill, Tessa (Committee)\" <Tessa@QUILL.example>\n" + Pass)]
    [InlineData("From: tessa@quill.example <tessa@quill.example>\n" + Pass)]
    [InlineData("From: =?utf-8?q?Tess=C3=A1?= <tessa@quill.example>\nSender: Tessa <tessa@quill.example>\n" + Pass)]
    [InlineData(
        Tessa + "Authentication-Results: mx.committee.example; dkim=pass header.i=@quill.example;\n dmarc=pass (p=REJECT) " +
            "header.from=quill.example\n")]
    [InlineData(Tessa + "Authentication-Results-Original: mx; dmarc=fail header.from=quill.example\n" + Pass)]
    [InlineData(Tessa + "ARC-Authentication-Results: i=1; mx; dmarc=fail header.from=quill.example\n" + Pass)]
    [InlineData(Tessa + "X-MS-Exchange-Organization-AuthAs: Internal\n")]
    [InlineData(
        Tessa +
            "X-MS-Exchange-Organization-AuthAs: Internal\nAuthentication-Results: dkim=none (message not signed) header.d=none;" +
            "dmarc=none action=none header.from=quill.example;\n")]
    [InlineData(Tessa + "X-MS-Exchange-Organization-AuthAs: Anonymous\n" + Pass)]
    public void A_sender_is_believed(string headers)
    {
        var trust = Assert.IsType<SenderTrust.Authenticated>(Judge(headers));

        Assert.Equal("tessa@quill.example", trust.Address, ignoreCase: true);
        Assert.NotEmpty(trust.Reason);
    }

    [Fact]
    public void An_internationalised_domain_is_the_same_in_both_spellings()
    {
        var trust = Judge("From: tessa@bücher.example\n" + With("dmarc=pass header.from=xn--bcher-kva.example"));

        Assert.IsType<SenderTrust.Authenticated>(trust);
    }

    [Fact]
    public void A_delegate_is_named()
    {
        var trust = Assert.IsType<SenderTrust.Delegated>(Judge(Tessa + "Sender: Oren <oren@quill.example>\n" + Pass));

        Assert.Equal("oren@quill.example", trust.Sender);
        Assert.Equal("tessa@quill.example", trust.Address);
    }

    /// <summary>Each is a way in which somebody else could pass for tessa@quill.example.</summary>
    public static TheoryData<string, string, string> Forgeries => new()
    {
        { "nothing checked it", Tessa, "no Authentication-Results" },
        { "checked and failed", Tessa + With("dmarc=fail action=quarantine header.from=quill.example"), "dmarc=fail" },
        { "domain without a policy", Tessa + With("dmarc=none action=none header.from=quill.example"), "dmarc=none" },
        { "Microsoft's guess", Tessa + With("dmarc=bestguesspass action=none header.from=quill.example"), "dmarc=bestguesspass" },
        { "temporary error", Tessa + With("dmarc=temperror action=none header.from=quill.example"), "dmarc=temperror" },
        {
            "compauth by override of a failure",
            Tessa + With("dmarc=fail action=oreject header.from=quill.example;compauth=pass reason=130"),
            "dmarc=fail"
        },
        { "compauth by a guess", Tessa + With("dmarc=none header.from=quill.example;compauth=pass reason=109"), "dmarc=none" },
        { "only compauth", Tessa + With("compauth=pass reason=100"), "exactly one dmarc" },
        { "only SPF", Tessa + With("spf=pass smtp.mailfrom=quill.example"), "exactly one dmarc" },
        { "only DKIM", Tessa + With("dkim=pass header.d=quill.example"), "exactly one dmarc" },
        {
            "passed for another domain",
            Tessa + With("dmarc=pass action=none header.from=mallory.example"),
            "not for quill.example"
        },
        { "passed for a subdomain", Tessa + With("dmarc=pass action=none header.from=evil.quill.example"), "not for" },
        {
            "passed for the parent",
            "From: tessa@sub.quill.example\n" + With("dmarc=pass action=none header.from=quill.example"),
            "not for"
        },
        { "passed for no named domain", Tessa + With("dmarc=pass action=none"), "not for" },
        { "passed for two domains", Tessa + With("dmarc=pass header.from=quill.example header.from=mallory.example"), "not for" },
        { "domain in the wrong property", Tessa + With("dmarc=pass smtp.from=quill.example"), "not for" },
        { "an own header above", Tessa + Pass + With("dmarc=fail header.from=quill.example"), "2 Authentication-Results" },
        { "an own header below", Tessa + With("dmarc=fail header.from=quill.example") + Pass, "2 Authentication-Results" },
        {
            "an own header in other case",
            Tessa + "authentication-results: mx; dmarc=pass header.from=quill.example\n" +
                With("dmarc=fail header.from=quill.example"),
            "2 Authentication-Results"
        },
        {
            "an own header with a blank before the colon",
            Tessa + "Authentication-Results : mx; dmarc=pass header.from=quill.example\n" +
                With("dmarc=fail header.from=quill.example"),
            "2 Authentication-Results"
        },
        {
            "two results in one header",
            Tessa + With("dmarc=fail header.from=quill.example; dmarc=pass header.from=quill.example"),
            "one way"
        },
        {
            "result within a comment",
            Tessa + With("spf=none (dmarc=pass header.from=quill.example) smtp.mailfrom=x.example"),
            "exactly one dmarc"
        },
        {
            "comment closed from within",
            Tessa + With(
                    "spf=none (sender IP is x) ; dmarc=pass header.from=quill.example ( ) smtp.mailfrom=x; dmarc=fail " +
                    "header.from=quill.example"),
            "one way"
        },
        { "comment left open", Tessa + With("spf=none (; dmarc=pass header.from=quill.example"), "one way" },
        { "comment closed twice", Tessa + With("spf=none smtp.mailfrom=x) ; dmarc=pass header.from=quill.example ("), "one way" },
        { "nested comments", Tessa + With("spf=none (a (b) c); dmarc=pass header.from=quill.example"), "one way" },
        {
            "result within a quoted mail-from",
            Tessa +
                With("spf=none smtp.mailfrom=\"x; dmarc=pass header.from=quill.example\"; dmarc=fail header.from=quill.example"),
            "one way"
        },
        {
            "result only within a quoted mail-from",
            Tessa + With("spf=none smtp.mailfrom=\"x; dmarc=pass header.from=quill.example\""),
            "exactly one dmarc"
        },
        { "quote left open", Tessa + With("spf=none smtp.mailfrom=\"x; dmarc=pass header.from=quill.example"), "one way" },
        { "escaped quote", Tessa + With("spf=none smtp.mailfrom=\"x\\\"; dmarc=pass header.from=quill.example;\""), "one way" },
        {
            "result folded into a reason",
            Tessa + With("spf=fail reason=\"dmarc=pass\" smtp.mailfrom=x;\n dmarc=fail header.from=quill.example"),
            "one way"
        },
        { "garbage", Tessa + With(";;;=="), "" },
        { "two From headers", Tessa + "From: mallory@mallory.example\n" + Pass, "2 From" },
        { "two From headers, ours last", "From: mallory@mallory.example\nfrom: tessa@quill.example\n" + Pass, "2 From" },
        { "no From", "Subject: x\n" + Pass, "no From" },
        { "two addresses in From", "From: tessa@quill.example, mallory@mallory.example\n" + Pass, "not one address" },
        { "two addresses without comma", "From: <tessa@quill.example> <mallory@mallory.example>\n" + Pass, "not one address" },
        { "a group", "From: Members: tessa@quill.example;\n" + Pass, "not one address" },
        { "an empty group", "From: Tessa:;\n" + Pass, "not one address" },
        { "a source route", "From: <@mallory.example:tessa@quill.example>\n" + Pass, "no plain address" },
        { "a zero byte", "From: Tessa <tessa@quill.example>\0 <mallory@mallory.example>\n" + Pass, "control characters" },
        { "two at signs", "From: tessa@quill.example@mallory.example\n" + Pass, "not one address" },
        {
            "an address before the address",
            "From: mallory@mallory.example <tessa@quill.example>\n" + Pass,
            "more than one address"
        },
        { "a zero-width space in the domain", "From: tessa@quill\u200b.example\n" + Pass, "no plain address" },
        { "a right-to-left override", "From: tessa\u202e@quill.example\n" + Pass, "no plain address" },
        { "an encoded word for the address", "From: =?utf-8?q?tessa=40quill.example?=\n" + Pass, "no plain address" },
        { "a domain literal", "From: tessa@[192.0.2.1]\n" + Pass, "" },
        {
            "AuthAs with more than the word",
            Tessa + "X-MS-Exchange-Organization-AuthAs: Internal74\n",
            "no Authentication-Results"
        },
        { "AuthAs in other case", Tessa + "X-MS-Exchange-Organization-AuthAs: internal\n", "no Authentication-Results" },
        {
            "AuthAs twice",
            Tessa + "X-MS-Exchange-Organization-AuthAs: Internal\nX-MS-Exchange-Organization-AuthAs: Internal\n",
            "2 headers"
        },
        {
            "AuthAs with a comment",
            Tessa + "X-MS-Exchange-Organization-AuthAs: Internal (really)\n",
            "no Authentication-Results"
        },
        {
            "AuthAs beside a failure",
            Tessa + "X-MS-Exchange-Organization-AuthAs: Internal\n" + With("dmarc=fail header.from=quill.example"),
            "dmarc=fail"
        },
        {
            "AuthAs beside two results",
            Tessa + "X-MS-Exchange-Organization-AuthAs: Internal\n" + With("dmarc=none") + With("dmarc=none"),
            "2 Authentication-Results"
        },
        { "AuthAs of another header", Tessa + "X-MS-Exchange-CrossTenant-AuthAs: Internal\n", "no Authentication-Results" },
        {
            "only the original results",
            Tessa + "Authentication-Results-Original: mx; dmarc=pass header.from=quill.example\n",
            "no Authentication-Results"
        },
        {
            "only the ARC results",
            Tessa + "ARC-Authentication-Results: i=1; mx; dmarc=pass header.from=quill.example\n",
            "no Authentication-Results"
        },
        { "two senders", Tessa + "Sender: a@mallory.example\nSender: tessa@quill.example\n" + Pass, "Sender" },
        { "a sender that is no address", Tessa + "Sender: a@mallory.example, b@mallory.example\n" + Pass, "Sender" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forgery_is_doubted(string how, string headers, string reason)
    {
        var trust = Assert.IsType<SenderTrust.Doubtful>(Judge(headers));

        Assert.Contains(reason, trust.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(how);
    }

    /// <summary>These are who they say, and that is somebody else.</summary>
    [Theory]
    [InlineData("From: \"tessa@quill.example\" <mallory@mallory.example>\n", "mallory.example", "mallory@mallory.example")]
    [InlineData(
        "From: =?utf-8?q?tessa=40quill.example?= <mallory@mallory.example>\n",
        "mallory.example",
        "mallory@mallory.example")]
    [InlineData(
        "From: =?utf-8?b?VGVzc2EgPHRlc3NhQHF1aWxsLmV4YW1wbGU+?= <mallory@mallory.example>\n",
        "mallory.example",
        "mallory@mallory.example")]
    [InlineData(
        "From: \"Tessa via Steering\" <steering@lists.example>\nX-Original-From: tessa@quill.example\n",
        "lists.example",
        "steering@lists.example")]
    [InlineData("From: tessa@qui11.example\n", "qui11.example", "tessa@qui11.example")]
    [InlineData(
        "From: tessa@quill.example.mallory.example\n",
        "quill.example.mallory.example",
        "tessa@quill.example.mallory.example")]
    [InlineData("From: tessa@quіll.example\n", "xn--qull-g0e.example", "tessa@quіll.example")]
    [InlineData(
        "From: tessa.quill.example@mallory.example\nReply-To: tessa@quill.example\n",
        "mallory.example",
        "tessa.quill.example@mallory.example")]
    public void A_look_alike_is_taken_for_what_it_is(string headers, string domain, string address)
    {
        var cyrillic = headers.Contains('і', StringComparison.Ordinal);
        var passed = cyrillic ? SenderTrust.Canonical("quіll.example") : domain;

        var trust = Assert.IsType<SenderTrust.Authenticated>(Judge(headers + With($"dmarc=pass header.from={passed}")));

        Assert.Equal(address, trust.Address);
        Assert.NotEqual("tessa@quill.example", trust.Address);
    }

    [Theory]
    [InlineData("secretary@quill.example", "", true)]
    [InlineData("secretary@QUILL.example", "", true)]
    [InlineData("secretary@committee.example", "quill.example", true)]
    [InlineData("secretary@committee.example", "", false)]
    [InlineData("secretary@example", "evil.quill.example", false)]
    public void A_mail_from_inside_the_tenant_proves_an_address_of_the_tenant_alone(string mailbox, string domains, bool proved)
    {
        var own = domains.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var alone = Judge(Tessa + "X-MS-Exchange-Organization-AuthAs: Internal\n");
        var delegated = Judge(Tessa + "Sender: mia@quill.example\nX-MS-Exchange-Organization-AuthAs: Internal\n");

        Assert.Equal(proved, alone.In(mailbox, own) is SenderTrust.Authenticated);
        Assert.Equal(proved, delegated.In(mailbox, own) is SenderTrust.Delegated);
    }

    [Fact]
    public void What_dmarc_proves_holds_for_any_domain()
    {
        var trust = Judge(Tessa + With("dmarc=pass header.from=quill.example"));

        Assert.Equal(trust, trust.In("secretary@committee.example", []));
    }

    private static string With(string results) => $"Authentication-Results: {results}\n";

    private static SenderTrust Judge(string headers)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes("Received: from x by y\n" + headers + "\n+1\n"));
        using var message = MimeMessage.Load(stream);
        return SenderTrust.Judge(message.Headers);
    }
}
