namespace BscFlow.Tests.Minutes;

public sealed class RealMinutesTests(ITestOutputHelper output)
{
    [Fact]
    public void Three_years_of_a_real_committee_are_read_as_a_careful_person_reads_them()
    {
        var folder = SharedData.Require("minutes");
        var score = new ReadingScore();
        foreach (var year in (string[])["2022", "2023", "2025"])
        {
            score.Add(Path.Combine(folder, $"{year}.md"), Path.Combine(folder, "expected", $"{year}.json"));
        }

        output.WriteLine(score.ToString());
        score.FieldErrors.ForEach(output.WriteLine);
        score.Remarks.ForEach(output.WriteLine);
        Assert.Empty(score.FieldErrors);
        Assert.InRange(score.F1, 0.95, 1);
    }
}
