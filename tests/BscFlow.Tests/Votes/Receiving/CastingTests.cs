using System.Text;
using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Receiving;
using BscFlow.Votes.Tokens;
using static BscFlow.Tests.Votes.SmallCommittee;

namespace BscFlow.Tests.Votes.Receiving;

public class CastingTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    [Fact]
    public void A_members_answer_counts()
    {
        var mail = Mail("tessa@quill.example", TokenOf("tessa"), "+1\n\nAt last.");

        var ballot = Assert.IsType<Casting.Accepted>(Cast(mail)).Ballot;

        Assert.Equal(("tessa", Vote.For, "At last."), (ballot.Voter, ballot.Vote, ballot.Comment));
        Assert.Equal("id@client.example", ballot.Evidence);
        Assert.Null(ballot.Proxy);
    }

    [Fact]
    public void A_members_other_address_is_as_good() =>
        Assert.IsType<Casting.Accepted>(Cast(Mail("TQ@Work.example", TokenOf("tessa"), "+1")));

    [Fact]
    public void The_token_in_the_subject_is_as_good()
    {
        var subject = TokenOf("tessa").Subject("Vote").ToUpperInvariant();

        Assert.IsType<Casting.Accepted>(Cast(Mail("tessa@quill.example", null, "+1", headers: $"Subject: RE: {subject}\n")));
    }

    [Fact]
    public void An_objection_is_a_ballot_with_its_reason()
    {
        var motion = Opens(Draft with { Rule = "ordinary", Consensus = true });

        var ballot = Assert.IsType<Casting.Accepted>(
            Cast(Mail("tessa@quill.example", TokenOf("tessa"), "Objection: the date is wrong"), motion: motion)).Ballot;

        Assert.Equal((Vote.Against, "the date is wrong"), (ballot.Vote, ballot.Comment));
    }

    [Fact]
    public void A_proxy_of_the_charter_votes_for_the_member_while_it_lasts()
    {
        var mail = Mail("lev@sand.example", TokenOf("mia"), "+1");

        var ballot = Assert.IsType<Casting.Accepted>(Cast(mail, "mia")).Ballot;
        Assert.Equal(("mia", "lev"), (ballot.Voter, ballot.Proxy));
        Assert.IsType<Casting.ConfirmFirst>(Cast(mail with { Received = Opened.AddDays(4) }, "mia"));
        Assert.IsType<Casting.ConfirmFirst>(Cast(Mail("oren@vale.example", TokenOf("mia"), "+1"), "mia"));
    }

    [Fact]
    public void A_delegate_counts_only_as_a_proxy()
    {
        Assert.Equal("lev", Assert.IsType<Casting.Accepted>(
            Cast(Mail("mia@berg.example", TokenOf("mia"), "+1", headers: "Sender: lev@sand.example\n"), "mia")).Ballot.Proxy);
        Assert.IsType<Casting.Refused>(
            Cast(Mail("mia@berg.example", TokenOf("mia"), "+1", headers: "Sender: oren@vale.example\n"), "mia"));
    }

    [Fact]
    public void A_ballot_in_the_last_second_counts_and_one_second_later_is_late()
    {
        var mail = Mail("tessa@quill.example", TokenOf("tessa"), "+1");

        Assert.IsType<Casting.Accepted>(Cast(mail with { Received = Pending.Deadline }));
        Assert.IsType<Casting.TooLate>(Cast(mail with { Received = Pending.Deadline.AddSeconds(1) }));
        Assert.IsType<Casting.TooLate>(Cast(mail, motion: Pending with { State = MotionState.Withdrawn }));
    }

    [Fact]
    public void What_cannot_be_counted_is_unclear() =>
        Assert.IsType<Casting.Unclear>(Cast(Mail("tessa@quill.example", TokenOf("tessa"), "Yes, but only later.")));

    /// <summary>A right token is not enough: whoever was forwarded the call has it too.</summary>
    [Fact]
    public void A_forwarded_token_is_confirmed_first() =>
        Assert.Equal(
            new Casting.ConfirmFirst("friend@elsewhere.example"),
            Cast(Mail("friend@elsewhere.example", TokenOf("tessa"), "+1")));

    [Fact]
    public void After_the_end_nobody_is_asked_to_confirm_a_ballot() =>
        Assert.IsType<Casting.TooLate>(Cast(
            Mail("friend@elsewhere.example", TokenOf("tessa"), "+1"), motion: Pending with { State = MotionState.Lost }));

    [Fact]
    public void A_ballot_on_another_text_is_unclear()
    {
        var corrected = Pending with { CorrectedAt = Opened.AddDays(1) };

        Assert.IsType<Casting.Unclear>(Cast(
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", received: Opened.AddDays(1).AddSeconds(-1)), motion: corrected));
        Assert.IsType<Casting.Accepted>(Cast(Mail("tessa@quill.example", TokenOf("tessa"), "+1"), motion: corrected));
    }

    public static TheoryData<string, IncomingMail, string> Forgeries => new()
    {
        { "no token", Mail("tessa@quill.example", null, "+1"), "no token" },
        { "a guessed token", Mail("tessa@quill.example", Guess("[v-abcdefghijklmnopqrstuvwx]"), "+1"), "not that of this voter" },
        {
            "a token cut short",
            Mail("tessa@quill.example", null, "+1", headers: $"Subject: [v-{TokenOf("tessa").ToString()[..23]}]\n"),
            "no token"
        },
        {
            "a token made longer",
            Mail("tessa@quill.example", null, "+1", headers: $"Subject: [v-{TokenOf("tessa")}a]\n"),
            "no token"
        },
        { "another voter's token", Mail("tessa@quill.example", TokenOf("oren"), "+1"), "not that of this voter" },
        {
            "another motion's token",
            Mail("tessa@quill.example", BallotToken.For(Secret, "tsc", "2025-06-other", "tessa"), "+1"),
            "not that of this voter"
        },
        {
            "another committee's token",
            Mail("tessa@quill.example", BallotToken.For(Secret, "other", Pending.Id, "tessa"), "+1"),
            "not that of this voter"
        },
        {
            "a token of another secret",
            Mail("tessa@quill.example", BallotToken.For(new byte[32], "tsc", Pending.Id, "tessa"), "+1"),
            "not that of this voter"
        },
        {
            "two tokens",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", headers: $"Subject: [v-{TokenOf("oren")}]\n"),
            "more than one"
        },
        {
            "a stolen token and a forged From",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", results: "dmarc=fail header.from=quill.example"),
            "dmarc=fail"
        },
        {
            "a stolen token and another domain's pass",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", results: "dmarc=pass header.from=mallory.example"),
            "not for"
        },
        {
            "a stolen token and a guess",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", results: "dmarc=none;compauth=pass reason=130"),
            "dmarc=none"
        },
        {
            "an out-of-office that quotes",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", headers: "Auto-Submitted: auto-replied\n"),
            "no person"
        },
        {
            "a bounce that holds the ballot",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", headers: "X-Failed-Recipients: x@y.example\n"),
            "no person"
        },
        {
            "a list that sent it on",
            Mail("tessa@quill.example", TokenOf("tessa"), "+1", headers: "List-Id: <x.example>\n"),
            "no person"
        },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forgery_is_not_counted(string how, IncomingMail mail, string reason)
    {
        var refused = Assert.IsType<Casting.Refused>(Cast(mail));

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(how);
    }

    [Fact]
    public void A_secret_vote_takes_no_assessments_for_they_show_who_wrote_them()
    {
        var score = Opens(Draft with
        {
            Rule = "ordinary",
            Secret = true,
            Options = new OptionVote
            {
                Kind = BallotKind.Score,
                Method = CountingMethod.Score,
                Options = [new("Ada", null, 0, null, null, []), new("Cy", null, 0, null, null, [])],
            },
        });

        var assessed = Cast(Mail("tessa@quill.example", TokenOf("tessa"), "Ada: 7 - a strong team\nCy: 4"), motion: score);
        var plain = Cast(Mail("tessa@quill.example", TokenOf("tessa"), "Ada: 7\nCy: 4"), motion: score);

        Assert.Contains("takes no assessments", Assert.IsType<Casting.Unclear>(assessed).Why, StringComparison.Ordinal);
        var ballot = Assert.IsType<Casting.Accepted>(plain).Ballot;
        Assert.Equal("7,4", ballot.Marks);
        Assert.IsType<Casting.Unclear>(Casting.Of(ballot with { Assessments = "[\"Strong.\",null]" }, score));
    }

    [Fact]
    public void Who_was_not_asked_cannot_vote()
    {
        var motion = Opens(Draft with { Rule = "removal", Subject = "lev" });

        Assert.IsType<Casting.Refused>(Cast(Mail("lev@sand.example", TokenOf("lev"), "-1"), "lev", motion));
        Assert.IsType<Casting.Refused>(Cast(Mail("past@gone.example", TokenOf("past"), "+1"), "past"));
    }

    private static Casting Cast(IncomingMail mail, string voter = "tessa", Motion? motion = null) =>
        Casting.Of(mail, motion ?? Pending, Agreed.Members.Single(member => member.Id == voter), Agreed, Secret);

    private static BallotToken TokenOf(string voter) => BallotToken.For(Secret, "tsc", Draft.Id, voter);

    private static BallotToken Guess(string subject) => Assert.Single(BallotToken.Find([], subject));

    /// <summary>A mail from an address that is proved unless <paramref name="results"/> say otherwise.</summary>
    internal static IncomingMail Mail(
        string from,
        BallotToken? token,
        string text,
        string headers = "",
        string? results = null,
        DateTimeOffset? received = null)
    {
        var domain = from[(from.IndexOf('@', StringComparison.Ordinal) + 1)..];
        var mail = IncomingMail.Read(
            Encoding.UTF8.GetBytes(
                $"From: {from}\nTo: {token?.ReplyTo(Agreed.Mailbox) ?? Agreed.Mailbox}\nMessage-ID: <id@client.example>\n" +
                $"Authentication-Results: {results ?? $"dmarc=pass action=none header.from={domain}"}\n{headers}\n{text}\n"),
            received ?? Opened.AddDays(1));
        Assert.NotNull(mail);
        return mail;
    }
}
