using Azure;
using BscFlow.Telemetry;

namespace BscFlow.Tests.Telemetry;

public sealed class ErrorWordsTests
{
    [Theory]
    [InlineData("The minutes of meeting #62 are not in their blob.", "The minutes of meeting #62 are not in their blob.")]
    [InlineData("Nobody is joe+v-abc@example.org; see <kim@example.net>", "Nobody is <address>; see <<address>>")]
    [InlineData(
        "GET https://x.blob.core.windows.net/minutes/a.md?sv=2026&sig=abc%3D: 403",
        "GET https://x.blob.core.windows.net/minutes/a.md?<left out> 403")]
    [InlineData("Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlMTIz was refused", "Bearer <left out> was refused")]
    [InlineData("key Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq== is wrong", "key <left out> is wrong")]
    [InlineData("at BscFlow.Publishing.Targets.BlobSite.PublishAsync(System.Threading.CancellationToken)", "at BscFlow.Publishing.Targets.BlobSite.PublishAsync(System.Threading.CancellationToken)")]
    [InlineData("first\r\nsecond", "first second")]
    public void A_message_keeps_what_went_wrong_and_loses_addresses_and_secrets(string message, string words) =>
        Assert.Equal($"InvalidOperationException: {words}", ErrorWords.Of(new InvalidOperationException(message)));

    [Fact]
    public void Of_an_answer_of_storage_its_first_line_and_its_code_are_left() => Assert.Equal(
        "RequestFailedException: The specified resource does not exist. (404 ResourceNotFound)",
        ErrorWords.Of(new RequestFailedException(
            404,
            "The specified resource does not exist.\nRequestId:5\nTime:2026\n\nHeaders:\nAuthorization: x",
            "ResourceNotFound",
            null)));

    [Fact]
    public void What_caused_it_stands_below_and_wrappers_say_nothing() => Assert.Equal(
        "TimeoutException: Too slow\nIOException: Connection reset",
        ErrorWords.Of(new AggregateException(new TimeoutException("Too slow", new IOException("Connection reset")))));

    [Fact]
    public void A_long_story_is_cut() =>
        Assert.True(
            ErrorWords.Of(new InvalidOperationException(string.Concat(Enumerable.Repeat("so it went on ", 1000)))).Length < 1100);
}
