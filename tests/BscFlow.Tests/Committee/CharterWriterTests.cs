using System.Text;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class CharterWriterTests
{
    [Theory]
    [InlineData("bsc")]
    [InlineData("default")]
    public void A_sample_written_is_read_back_as_it_was(string sample) =>
        AssertRoundTrip(CharterReader.Read(CharterFiles.Sample(sample)));

    [Fact]
    public void Every_field_is_written_and_read_back() => AssertRoundTrip(CharterFiles.Read(CharterFiles.Small));

    [Fact]
    public void Names_stay_readable() =>
        Assert.Contains(
            "Ada Ström",
            Encoding.UTF8.GetString(CharterWriter.Write(CharterFiles.Read(CharterFiles.Small))),
            StringComparison.Ordinal);

    private static void AssertRoundTrip(Charter charter) =>
        Assert.Equivalent(charter, CharterReader.Read(CharterWriter.Write(charter)), strict: true);
}
