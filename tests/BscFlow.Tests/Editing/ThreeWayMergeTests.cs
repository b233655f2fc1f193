using BscFlow.Editing;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BscFlow.Tests.Editing;

public sealed class ThreeWayMergeTests
{
    [Theory]
    [InlineData("a|b|c", "a|B|c", "a|b|c", "a|B|c")]
    [InlineData("a|b|c", "a|b|c", "a|b|C", "a|b|C")]
    [InlineData("a|b|c", "A|b|c", "a|b|C", "A|b|C")]
    [InlineData("a|b", "a|b|mine", "a|b|theirs", "a|b|theirs|mine")]
    [InlineData("a|b", "a|b|same", "a|b|same", "a|b|same")]
    [InlineData("a|b", "a|b|same|mine", "a|b|same|theirs", "a|b|same|theirs|mine")]
    [InlineData("a|b", "a|B", "a|b|theirs", "a|B|theirs")]
    [InlineData("a|b|c", "a|c", "a|b|c|d", "a|c|d")]
    [InlineData("a|b|c", "a|c", "a|c", "a|c")]
    [InlineData("", "mine", "", "mine")]
    [InlineData("a|b|c|d", "a|d", "x|a|b|c|d|y", "x|a|d|y")]
    [InlineData("- Joe asks for more tests", "- Joe asks for many more tests", "- Joe Stringer asks for more tests", "- Joe Stringer asks for many more tests")]
    public void What_two_people_changed_in_different_places_is_all_there(
        string original, string mine, string theirs, string merged) =>
        Assert.Equal(new MergedText(merged.Replace('|', '\n'), null), Merge(original, mine, theirs));

    [Fact]
    public void Where_both_changed_the_same_words_both_versions_stand_between_marks()
    {
        var merged = Merge("a|Duration: |c", "a|Duration: 45m|c", "a|Duration: 50m|c");

        Assert.Equal(
            "a|<<<<<<< yours|Duration: 45m|=======|Duration: 50m|>>>>>>> saved meanwhile|c", merged.Text.Replace('\n', '|'));
        Assert.Equal(2, merged.ConflictLine);
        Assert.Equal(2, ThreeWayMerge.FindConflict(merged.Text));
    }

    [Theory]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    [InlineData("\f")]
    public void What_ends_no_line_in_minutes_stays_within_its_line(string character)
    {
        var pasted = $"- one{character}two";

        Assert.Equal(
            new MergedText($"{pasted} and mine\ntheirs", null),
            ThreeWayMerge.Merge($"{pasted}\nlast", $"{pasted} and mine\nlast", $"{pasted}\ntheirs"));
        Assert.Equal(
            [new DiffLine(LineChange.Kept, pasted), new DiffLine(LineChange.Added, "more")],
            LineDiff.Compare(pasted, $"{pasted}\r\nmore"));
        Assert.Null(ThreeWayMerge.FindConflict($"- a{character}<<<<<<< yours"));
    }

    [Fact]
    public void What_one_deleted_and_the_other_changed_is_not_lost()
    {
        var merged = Merge("a|b|c", "a|c", "a|b, and more|c");

        Assert.Contains("b, and more", merged.Text, StringComparison.Ordinal);
        Assert.NotNull(merged.ConflictLine);
    }

    [Property(MaxTest = 500)]
    public Property Nothing_that_either_side_added_is_lost_and_what_nobody_changed_stays() =>
        Prop.ForAll(Texts().ToArbitrary(), texts =>
        {
            var (original, mine, theirs) = texts;
            var merged = ThreeWayMerge.Merge(Join(original), Join(mine), Join(theirs));
            var lines = merged.Text.Split('\n').ToList();
            foreach (var line in mine.Concat(theirs).Distinct())
            {
                var wanted = Math.Max(Count(mine, line), Count(theirs, line)) - Count(original, line);
                if (wanted > 0 && Count(lines, line) < wanted)
                {
                    return false;
                }
            }

            return mine.SequenceEqual(original) ? merged.Text == Join(theirs)
                : !theirs.SequenceEqual(original) || merged.Text == Join(mine);
        });

    [Property(MaxTest = 500)]
    public Property The_difference_of_two_texts_holds_both_of_them() =>
        Prop.ForAll(Texts().ToArbitrary(), texts =>
        {
            var diff = LineDiff.Compare(Join(texts.Mine), Join(texts.Theirs));
            return diff.Where(line => line.Change is not LineChange.Added).Select(line => line.Text).SequenceEqual(texts.Mine)
                && diff
                    .Where(line => line.Change is not LineChange.Removed)
                    .Select(line => line.Text)
                    .SequenceEqual(texts.Theirs);
        });

    [Fact]
    public void The_difference_is_a_shortest_one() =>
        Assert.Equal(
            5, LineDiff.Compare("a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc").Count(line => line.Change is not LineChange.Kept));

    [Fact]
    public void Two_long_texts_without_anything_in_common_are_replaced_as_a_whole()
    {
        var diff = LineDiff.Compare(
            string.Join('\n', Enumerable.Range(0, 20_000)), string.Join('\n', Enumerable.Range(100_000, 20_000)));

        Assert.Equal(40_000, diff.Count);
    }

    private static MergedText Merge(string original, string mine, string theirs) =>
        ThreeWayMerge.Merge(original.Replace('|', '\n'), mine.Replace('|', '\n'), theirs.Replace('|', '\n'));

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines);

    private static int Count(IEnumerable<string> lines, string line) => lines.Count(other => other == line);

    /// <summary>Few different lines, so that they repeat; a text is one or more of them.</summary>
    private static Gen<(string[] Original, string[] Mine, string[] Theirs)> Texts()
    {
        var text = Gen.Elements("a", "b", "c", "d e", "d f").ArrayOf().Where(lines => lines.Length > 0);
        return from original in text from mine in text from theirs in text select (original, mine, theirs);
    }
}
