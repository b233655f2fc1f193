using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using FsCheck.Xunit;

namespace BscFlow.Tests.Votes.Ranked.Ballots;

public sealed class OptionBallotTests
{
    private const int None = Mark.Unranked;
    private const int Abstain = Mark.NoOpinion;

    private const string Others = "no opinion on Cy Dorn, Eve Foss, Gil Hart and Gil Lind";

    private static readonly string[] Names = ["Ada Bell", "Cy Dorn", "Eve Foss", "Gil Hart", "Gil Lind"];

    [Theory]
    [InlineData("B > A = C > D", 2, 1, 2, 3, None)]
    [InlineData("B>A=C>D", 2, 1, 2, 3, None)]
    [InlineData("1. B\n2. A\n3. C", 2, 1, 3, None, None)]
    [InlineData("1) Cy Dorn\n2) Ada", 2, 1, None, None, None)]
    [InlineData("1: b\n1: a\n7: e", 1, 1, None, None, 7)]
    [InlineData("[2] A\n[1] B\n[ ] C\n[-] D", 2, 1, None, None, None)]
    [InlineData("[2] Ada Bell\n[1] Cy Dorn", 2, 1, None, None, None)]
    [InlineData("1. B\n2. A, C", 2, 1, 2, None, None)]
    [InlineData("1. B\n2. A and C", 2, 1, 2, None, None)]
    [InlineData("B\nA\nE", 2, 1, None, None, 3)]
    [InlineData("B", None, 1, None, None, None)]
    [InlineData("Option B", None, 1, None, None, None)]
    [InlineData("Ｂ　＞　Ａ", 2, 1, None, None, None)]
    [InlineData("cy dorn > GIL LIND", None, 1, None, None, 2)]
    [InlineData("B > A\nno opinion: C, D", 2, 1, Abstain, Abstain, None)]
    [InlineData("B > A\nNo opinion on C and D.", 2, 1, Abstain, Abstain, None)]
    [InlineData("abstain", Abstain, Abstain, Abstain, Abstain, Abstain)]
    [InlineData("B > A >\nC > D", 2, 1, 3, 4, None)]
    public void Ranks(string written, params int[] marks) => Check(written, BallotKind.Ranked, marks);

    [Theory]
    [InlineData("B, A, C", "\"B, A, C\" may be an order or a tie; write B > A or B = A", null)]
    [InlineData("B > Zed", "\"Zed\" is none of the options", "1. Cy Dorn")]
    [InlineData("Gil > A", "\"Gil\" is none of the options", null)]
    [InlineData("1. B\n2. B", "it says two things of Cy Dorn", "1. Cy Dorn")]
    [InlineData("B > A > B", "it says two things of Cy Dorn", "1. Cy Dorn, 2. Ada Bell")]
    [InlineData("I think that B is the best", "\"I think that B is the best\" is none of the options", null)]
    [InlineData("1. B\nbut only if it is cheaper", "\"1. B\" is none of the options", null)]
    [InlineData("B > A but only just", "\"A but only just\" is none of the options", "1. Cy Dorn")]
    [InlineData("0. B", "\"0. B\" has the rank 0, and the best one is 1", null)]
    [InlineData("1. A\n[0] B", "\"[0] B\" has the rank 0, and the best one is 1", "1. Ada Bell")]
    [InlineData(" \n\n", "nothing was written above, below or between the quoted text", null)]
    public void Ranks_that_have_no_one_meaning(string written, string why, string? understood) =>
        CheckUnclear(written, BallotKind.Ranked, why, understood);

    [Theory]
    [InlineData("A, C", 1, 0, 1, 0, 0)]
    [InlineData("I approve of A and C.", 1, 0, 1, 0, 0)]
    [InlineData("yes: Ada, Eve Foss", 1, 0, 1, 0, 0)]
    [InlineData("Ada Bell\nEve Foss", 1, 0, 1, 0, 0)]
    [InlineData("[x] A\n[ ] B\n[X] C", 1, 0, 1, 0, 0)]
    [InlineData("all", 1, 1, 1, 1, 1)]
    [InlineData("none", 0, 0, 0, 0, 0)]
    public void Approvals(string written, params int[] marks) => Check(written, BallotKind.Approval, marks);

    [Theory]
    [InlineData("A and Zed", "\"Zed\" is none of the options", "approves of Ada Bell")]
    [InlineData("not A", "\"not A\" is none of the options", null)]
    public void Approvals_that_have_no_one_meaning(string written, string why, string? understood) =>
        CheckUnclear(written, BallotKind.Approval, why, understood);

    [Theory]
    [InlineData("A: 7\nB: 5\nC 10", 7, 5, 10, Abstain, Abstain)]
    [InlineData("A 7/10\nCy Dorn - 5", 7, 5, Abstain, Abstain, Abstain)]
    [InlineData("A 7, B 5, C 0", 7, 5, 0, Abstain, Abstain)]
    [InlineData("[7] A\n[5] Cy", 7, 5, Abstain, Abstain, Abstain)]
    [InlineData("A: 7, a strong team of 5", 7, Abstain, Abstain, Abstain, Abstain)]
    [InlineData("A: 7 (5 people)", 7, Abstain, Abstain, Abstain, Abstain)]
    [InlineData("A: 7\nIt is the best: by far.\nB: 3", 7, 3, Abstain, Abstain, Abstain)]
    [InlineData("A: 7\nB: no opinion", 7, Abstain, Abstain, Abstain, Abstain)]
    public void Scores(string written, params int[] marks) => Check(written, BallotKind.Score, marks);

    [Fact]
    public void A_score_has_its_assessment_beside_and_below_it()
    {
        var choice = Assert.IsType<OptionBallot.Choice>(OptionBallot.Read(
            """
            A: 8 - a strong team
            that has done it before.

            The plan is thin, though.

            Cy Dorn: 4
            Nothing new.
            Eve Foss: 9
            """,
            BallotKind.Score,
            Names));

        Assert.Equal([8, 4, 9, Abstain, Abstain], choice.Marks);
        Assert.Equal(
            ["a strong team\nthat has done it before.\n\nThe plan is thin, though.", "Nothing new.", null, null, null],
            choice.Assessments);
    }

    [Theory]
    [InlineData("A: 11", "it gives Ada Bell 11, and scores go from 0 to 10", null)]
    [InlineData("A: 7\nA: 6", "it says two things of Ada Bell", $"Ada Bell 7; {Others}")]
    [InlineData("A: 7.5", "\"A: 7.5\" cannot be read as a score of an option", null)]
    [InlineData("A: 7,5", "\"A: 7,5\" cannot be read as a score of an option", null)]
    [InlineData("A: 7-8", "\"A: 7-8\" cannot be read as a score of an option", null)]
    [InlineData("A: 7/100", "\"A: 7/100\" is a score of 100, and scores go up to 10", null)]
    [InlineData("A: 7\nB: nine\nC: 5", "\"B: nine\" cannot be read as a score of an option", $"Ada Bell 7; {Others}")]
    [InlineData("A: 7\nB: -3", "\"B: -3\" cannot be read as a score of an option", $"Ada Bell 7; {Others}")]
    [InlineData("A: 7\nB -3", "\"B -3\" cannot be read as a score of an option", $"Ada Bell 7; {Others}")]
    [InlineData("A: 7\nCyy: 5", "\"Cyy: 5\" cannot be read as a score of an option", $"Ada Bell 7; {Others}")]
    [InlineData("A: 7\n[nine] B", "\"[nine] B\" cannot be read as a score of an option", $"Ada Bell 7; {Others}")]
    [InlineData("All of them are fine", "\"All of them are fine\" gives no option a score", null)]
    public void Scores_that_have_no_one_meaning(string written, string why, string? understood) =>
        CheckUnclear(written, BallotKind.Score, why, understood);

    [Theory]
    [InlineData("yes to the top three, abstain on four and five", 1, 1, 1, Abstain, Abstain)]
    [InlineData("Yes to the top three and abstain on four and five.", 1, 1, 1, Abstain, Abstain)]
    [InlineData("A yes, B no, C abstain", 1, 0, Abstain, Abstain, Abstain)]
    [InlineData("A: yes\nB: -1\nC: +1\nD: 0\nE: nay", 1, 0, 1, Abstain, 0)]
    [InlineData("yes to A, B and C, no to the rest", 1, 1, 1, 0, 0)]
    [InlineData("no to the last two\nyes", 1, 1, 1, 0, 0)]
    [InlineData("yes", 1, 1, 1, 1, 1)]
    [InlineData("abstain", Abstain, Abstain, Abstain, Abstain, Abstain)]
    [InlineData("no to 2 and Gil Lind", Abstain, 0, Abstain, Abstain, 0)]
    [InlineData("ja: A; nein: B", 1, 0, Abstain, Abstain, Abstain)]
    public void Yes_no_or_abstain_to_each(string written, params int[] marks) => Check(written, BallotKind.YesNo, marks);

    [Theory]
    [InlineData("yes to the top nine", "\"the top nine\" is none of the options", null)]
    [InlineData("yes to A, if B fails", "\"if B fails\" is no vote on an option", $"yes to Ada Bell; {Others}")]
    [InlineData("A yes, A no", "it says two things of Ada Bell", $"yes to Ada Bell; {Others}")]
    public void Votes_that_have_no_one_meaning(string written, string why, string? understood) =>
        CheckUnclear(written, BallotKind.YesNo, why, understood);

    [Fact]
    public void What_stands_below_a_blank_line_is_a_comment()
    {
        var read = OptionBallot.Read("B > A\n\nB has the better plan.\n", BallotKind.Ranked, Names);
        var choice = Assert.IsType<OptionBallot.Choice>(read);

        Assert.Equal("B has the better plan.", choice.Comment);
    }

    /// <summary>As they stand in the mail that asks, and in the form in which a mail is read.</summary>
    [Theory]
    [InlineData("Gateway – phase 2")]
    [InlineData("Gateway - phase 2")]
    [InlineData("Zoë O’Neil")]
    [InlineData("Zoë O'Neil")]
    [InlineData("(none)")]
    [InlineData("Ｆｕｌｌ width")]
    [InlineData("No\u00A0break")]
    public void A_name_with_typographic_signs_is_found(string written)
    {
        var read = OptionBallot.Read(
            $"1. {written}", BallotKind.Ranked, ["Gateway – phase 2", "Zoë O’Neil", "(none)", "Ｆｕｌｌ width", "No\u00A0break"]);

        Assert.Single(Assert.IsType<OptionBallot.Choice>(read).Marks, 1);
    }

    [Fact]
    public void An_option_whose_name_is_the_letter_of_another_is_not_guessed()
    {
        var unclear = OptionBallot.Read("B", BallotKind.Ranked, ["B", "A"]);

        Assert.Equal(new OptionBallot.Unclear("\"B\" is none of the options", null), unclear);
    }

    [Theory]
    [InlineData(BallotKind.Ranked, "1. Cy Dorn and Eve Foss, 3. Ada Bell; no opinion on Gil Lind", 2, 1, 1, None, Abstain)]
    [InlineData(BallotKind.Approval, "approves of Ada Bell and Eve Foss", 1, 0, 1, 0, 0)]
    [InlineData(BallotKind.Approval, "approves of none", 0, 0, 0, 0, 0)]
    [InlineData(BallotKind.Ranked, "ranks none", None, None, None, None, None)]
    [InlineData(BallotKind.Score, "Ada Bell 7, Cy Dorn 0; no opinion on Eve Foss", 7, 0, Abstain)]
    [InlineData(BallotKind.YesNo, "yes to Ada Bell, no to Eve Foss; no opinion on Cy Dorn", 1, Abstain, 0)]
    public void A_ballot_is_said_in_words(BallotKind kind, string words, params int[] marks) =>
        Assert.Equal(words, BallotWriting.Of(kind, Names, marks));

    [Property]
    public void No_text_is_too_strange(string? written) =>
        Assert.All(Enum.GetValues<BallotKind>(), kind => OptionBallot.Read(written ?? "", kind, Names));

    private static void Check(string written, BallotKind kind, int[] marks)
    {
        var read = OptionBallot.Read(written, kind, Names);

        Assert.Equal(marks, Assert.IsType<OptionBallot.Choice>(read).Marks);
    }

    private static void CheckUnclear(string written, BallotKind kind, string why, string? understood) =>
        Assert.Equal(new OptionBallot.Unclear(why, understood), OptionBallot.Read(written, kind, Names));
}
