using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData(
        "https://nam12.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdocs.example%2Fa%3Fb%3D1&data=05%7C01%7Cjoe%40example.org%7C&reserved=0",
        "https://docs.example/a?b=1")]
    [InlineData("https://www.google.com/url?q=https://docs.example/a&sa=D&source=docs", "https://docs.example/a")]
    [InlineData("https://urldefense.com/v3/__https://docs.example/a__;!!x!y$", "https://docs.example/a")]
    [InlineData("https://urldefense.com/v3/__https:/docs.example/a__;!!x!y$", "https://docs.example/a")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?u=https-3A__docs.example_a&d=x", "https://docs.example/a")]
    public void A_redirect_is_unwrapped(string wrapped, string address) => Assert.Equal(address, WebAddress.Of(wrapped));

    [Theory]
    [InlineData("https://docs.example/a?utm_source=mail&page=2#end", "https://docs.example/a?page=2#end")]
    [InlineData("https://docs.example/a?utm_source=mail", "https://docs.example/a")]
    [InlineData("https://docs.example/a?user=joe%40example.org&page=2", "https://docs.example/a?page=2")]
    [InlineData("https://docs.example/a?user=joe@example.org", "https://docs.example/a")]
    public void What_tracks_a_person_is_left_out(string url, string address) => Assert.Equal(address, WebAddress.Of(url));

    [Theory]
    [InlineData("https://lists.example/msgid/20250101.abc@mail.example/")]
    [InlineData("https://www.google.com/search?q=https://a.example")]
    [InlineData("https://docs.example/a?page=2")]
    [InlineData("https://a.safelinks.protection.outlook.com/?url=javascript:alert(1)")]
    [InlineData("not an address")]
    public void Any_other_address_stays(string url) => Assert.Equal(url, WebAddress.Of(url));
}
