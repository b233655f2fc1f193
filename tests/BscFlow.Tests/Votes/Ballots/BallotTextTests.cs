using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;

namespace BscFlow.Tests.Votes.Ballots;

public class BallotTextTests
{
    [Theory]
    [InlineData("+1")]
    [InlineData("  +1  ")]
    [InlineData("+1!")]
    [InlineData("+1.")]
    [InlineData("*+1*")]
    [InlineData("**+1**")]
    [InlineData("＋１")]
    [InlineData("\u200b+1\ufeff")]
    [InlineData("+\u200d1")]
    [InlineData("\u00a0+1\u202f")]
    [InlineData("YES")]
    [InlineData("Yes.")]
    [InlineData("Yes!!")]
    [InlineData("yes")]
    [InlineData("Aye")]
    [InlineData("yea")]
    [InlineData("In favour")]
    [InlineData("I agree.")]
    [InlineData("Ｙｅｓ")]
    [InlineData("ja")]
    [InlineData("Oui")]
    [InlineData("D’accord")]
    [InlineData("sí")]
    [InlineData("si\u0301")]
    [InlineData("Sì")]
    [InlineData("Sim")]
    [InlineData("Tak")]
    [InlineData("Да")]
    [InlineData("ЗА")]
    [InlineData("так")]
    [InlineData("Jo")]
    [InlineData("是")]
    [InlineData("同意。")]
    [InlineData("赞成！")]
    [InlineData("はい")]
    [InlineData("賛成です。")]
    [InlineData("찬성합니다.")]
    [InlineData("evet")]
    [InlineData("Ano")]
    [InlineData("Kyllä")]
    [InlineData("Igen")]
    [InlineData("Ναι")]
    [InlineData("نعم")]
    [InlineData("כן")]
    [InlineData("Setuju")]
    [InlineData("Υπέρ")]
    [InlineData("בעד")]
    public void For(string line) => Assert.Equal(new BallotText.Choice(Vote.For, null), Read(line));

    [Theory]
    [InlineData("-1")]
    [InlineData("\u22121")]
    [InlineData("\u20131")]
    [InlineData("\u20141")]
    [InlineData("\u20101")]
    [InlineData("\u20111")]
    [InlineData("－１")]
    [InlineData("﹣1")]
    [InlineData("No")]
    [InlineData("no.")]
    [InlineData("Nay")]
    [InlineData("Nope!")]
    [InlineData("Against")]
    [InlineData("Nein")]
    [InlineData("non")]
    [InlineData("Não")]
    [InlineData("nee")]
    [InlineData("nie")]
    [InlineData("Нет")]
    [InlineData("Ні")]
    [InlineData("nej")]
    [InlineData("nei")]
    [InlineData("不同意")]
    [InlineData("反对")]
    [InlineData("反対")]
    [InlineData("반대")]
    [InlineData("Hayır")]
    [InlineData("HAYIR")]
    [InlineData("ei")]
    [InlineData("Nem")]
    [InlineData("Όχι")]
    [InlineData("لا")]
    [InlineData("לא")]
    public void Against(string line) => Assert.Equal(new BallotText.Choice(Vote.Against, null), Read(line));

    [Theory]
    [InlineData("0")]
    [InlineData("０")]
    [InlineData("+0")]
    [InlineData("\u22120")]
    [InlineData("Abstain")]
    [InlineData("I abstain.")]
    [InlineData("Enthaltung")]
    [InlineData("Je m’abstiens.")]
    [InlineData("abstención")]
    [InlineData("astenuto")]
    [InlineData("abstenção")]
    [InlineData("onthouding")]
    [InlineData("Wstrzymuję się")]
    [InlineData("Воздерживаюсь")]
    [InlineData("утримуюсь")]
    [InlineData("avstår")]
    [InlineData("弃权")]
    [InlineData("棄権")]
    [InlineData("기권")]
    public void Abstention(string line) => Assert.Equal(new BallotText.Choice(Vote.Abstain, null), Read(line));

    [Theory]
    [InlineData("")]
    [InlineData("Yes, but only if section 2 goes.")]
    [InlineData("yes, please")]
    [InlineData("yes,")]
    [InlineData("Yes?")]
    [InlineData("Yes...")]
    [InlineData("Yes…")]
    [InlineData("Yes:")]
    [InlineData("Yes/No")]
    [InlineData("not yes")]
    [InlineData("+1 -1")]
    [InlineData("+1 +1")]
    [InlineData("+1 / 0")]
    [InlineData("+1 (binding)")]
    [InlineData("+1 from me")]
    [InlineData("my vote is +1")]
    [InlineData("We need at least 3 +1 votes.")]
    [InlineData("+11")]
    [InlineData("+2")]
    [InlineData("1")]
    [InlineData("- 1")]
    [InlineData("--1")]
    [InlineData("+1?")]
    [InlineData("+l")]
    [InlineData("ok")]
    [InlineData("LGTM")]
    [InlineData("👍")]
    [InlineData("👍🏽")]
    [InlineData("👎")]
    [InlineData("✅")]
    [InlineData(":+1:")]
    [InlineData("Hi all,\n\n+1")]
    [InlineData("\"+1\"")]
    [InlineData("[x] yes")]
    [InlineData("none")]
    [InlineData("0.5")]
    [InlineData("²")]
    [InlineData("thanks")]
    public void Anything_else_is_unclear(string text)
    {
        var unclear = Assert.IsType<BallotText.Unclear>(Read(text));

        Assert.NotEmpty(unclear.Why);
    }

    [Fact]
    public void Half_a_character_is_unclear() => Assert.IsType<BallotText.Unclear>(Read("+1\ud83d"));

    [Fact]
    public void A_line_of_a_million_characters_is_unclear() =>
        Assert.IsType<BallotText.Unclear>(Read(new string('+', 1_000_000)));

    [Theory]
    [InlineData("+1\n\nI would number the sections.", "I would number the sections.")]
    [InlineData("Yes.\nthe lower case is fine after a full stop", "the lower case is fine after a full stop")]
    [InlineData("+1\nTessa", "Tessa")]
    [InlineData("+1\n\n\nOne.\n\nTwo.\n", "One.\n\nTwo.")]
    [InlineData("+1\n\nYes", "Yes")]
    public void A_comment_below_is_kept(string text, string comment)
    {
        var choice = Assert.IsType<BallotText.Choice>(Read(text));

        Assert.Equal(comment, choice.Comment);
        Assert.Equal(Vote.For, choice.Vote);
    }

    [Theory]
    [InlineData("+1\n\n-1")]
    [InlineData("Yes\n\nThe rest is fine.\n\nNo")]
    [InlineData("+1\n\nabstain")]
    [InlineData("0\n+1")]
    public void Two_votes_in_one_mail_are_unclear(string text) =>
        Assert.Equal(new BallotText.Unclear("it holds two votes that differ"), Read(text));

    [Theory]
    [InlineData("Yes\nbut only if section 2 goes")]
    [InlineData("+1\nif the date is moved")]
    [InlineData("Yes\n\nBut only if section 2 goes.")]
    [InlineData("+1\n\nprovided that the date is moved")]
    [InlineData("Ja.\n\nAber nur ohne Abschnitt 2.")]
    [InlineData("同意\n\n但第二条除外")]
    public void A_condition_below_makes_it_unclear(string text) => Assert.IsType<BallotText.Unclear>(Read(text));

    /// <summary>Sixty-four mails in a dozen languages, each of their lines taken for a whole answer.</summary>
    [Fact]
    public void No_prose_of_real_replies_is_a_ballot()
    {
        var lines = Directory.EnumerateFiles(SharedData.Require("replies/discourse/trimmed")).SelectMany(File.ReadLines);

        Assert.Equal(["Yes."], lines.Where(line => Read(line) is BallotText.Choice));
    }

    [Fact]
    public void A_quoted_vote_is_not_the_repliers_own()
    {
        var reply = ReplyText.Read("> +1\n\nI am still thinking.\n");

        Assert.IsType<BallotText.Unclear>(BallotText.Read(reply));
    }

    [Fact]
    public void A_signature_does_not_vote()
    {
        var reply = ReplyText.Read("+1\n\n-- \nno\n");

        Assert.Equal(new BallotText.Choice(Vote.For, null), BallotText.Read(reply));
    }

    [Fact]
    public void A_vote_below_the_quote_counts()
    {
        var reply = ReplyText.Read("On 08/10/2025 16:00, Tessa Quill wrote:\n> Answer +1, -1 or 0.\n\n-1\n");

        Assert.Equal(new BallotText.Choice(Vote.Against, null), BallotText.Read(reply));
    }

    [Fact]
    public void A_vote_above_and_another_below_the_quote_is_unclear()
    {
        var reply = ReplyText.Read("+1\n\nOn 08/10/2025 16:00, Tessa Quill wrote:\n> Answer +1, -1 or 0.\n\n-1\n");

        Assert.IsType<BallotText.Unclear>(BallotText.Read(reply));
    }

    [Fact]
    public void A_forwarded_vote_is_unclear()
    {
        var reply = ReplyText.Read(
            "---------- Forwarded message ---------\nFrom: Oren <oren@vale.example>\nDate: Wed, Oct 8, 2025 at 4:00 PM\n" +
            "Subject: Vote\nTo: Tessa <tessa@quill.example>\n\n+1\n");

        Assert.IsType<BallotText.Unclear>(BallotText.Read(reply));
    }

    [Theory]
    [InlineData("Objection: the date is wrong", "the date is wrong")]
    [InlineData("I object:\n\nthe date is wrong", "the date is wrong")]
    [InlineData("-1\n\nThe date is wrong.", "The date is wrong.")]
    [InlineData("No.\n\nThe date is wrong.", "The date is wrong.")]
    [InlineData("Einspruch: das Datum ist falsch\n\nEs war der achte.", "das Datum ist falsch\n\nEs war der achte.")]
    [InlineData("異議あり\n日付が違います。", "日付が違います。")]
    public void An_objection_with_its_reason(string text, string reason) =>
        Assert.Equal(new BallotText.Objection(reason), ReadConsensus(text));

    [Theory]
    [InlineData("-1")]
    [InlineData("I object")]
    [InlineData("Objection:")]
    [InlineData("No")]
    [InlineData("I have some doubts about this.")]
    [InlineData("Objection: none, really\n\n+1")]
    [InlineData("")]
    public void An_objection_without_a_reason_is_unclear(string text) => Assert.IsType<BallotText.Unclear>(ReadConsensus(text));

    [Fact]
    public void Support_of_a_consensus_is_a_vote_for()
    {
        Assert.Equal(new BallotText.Choice(Vote.For, null), ReadConsensus("+1"));
        Assert.Equal(new BallotText.Choice(Vote.Abstain, null), ReadConsensus("0"));
    }

    private static BallotText Read(string written) => BallotText.Read(new Reply(written, written));

    private static BallotText ReadConsensus(string written) => BallotText.ReadConsensus(new Reply(written, written));
}
