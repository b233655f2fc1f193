namespace BscFlow.Tests.Minutes;

/// <summary>Invented minutes in the dialects of other committees, each with what a careful person reads in it.</summary>
public sealed class SampleMinutesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Samples { get; } = [.. MinutesSamples.Names];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_dialect_is_read_as_a_careful_person_reads_it(string sample)
    {
        var score = new ReadingScore();
        score.Add(Path.Combine(MinutesSamples.Folder, $"{sample}.md"), Path.Combine(MinutesSamples.Folder, $"{sample}.json"));

        output.WriteLine(score.ToString());
        score.FieldErrors.Concat(score.Remarks).ToList().ForEach(output.WriteLine);
        Assert.Empty(score.FieldErrors.Concat(score.Remarks));
    }
}
