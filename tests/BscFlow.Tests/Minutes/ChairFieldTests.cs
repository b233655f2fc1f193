using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

public sealed class ChairFieldTests
{
    private static readonly DateOnly Day = new(2026, 1, 8);

    [Theory]
    [InlineData("- **Chair:** Amara Okafor\n", "ines", "- **Chair:** Inês Carvalho\n")]
    [InlineData("- **Chair:** Amara Okafor\n", "", "- **Chair:**\n")]
    [InlineData("- **Chair:**\n", "ines", "- **Chair:** Inês Carvalho\n")]
    [InlineData("- **Chair**: Amara\n", "ines", "- **Chair**: Inês Carvalho\n")]
    [InlineData("* Chair: Amara and Tomas\n", "guest-0", "* Chair: Leila Haddad\n")]
    [InlineData("- **Chair:**\n  - Amara Okafor\n", "tomas", "- **Chair:**\n  - Tomás Herrera\n")]
    [InlineData("- **Chair:**\n  - Amara\n  - Tomas\n", "priya", "- **Chair:**\n  - Priya Raghunathan\n")]
    [InlineData("- **Chair:**\n  - Amara Okafor\n", "", "- **Chair:**\n")]
    [InlineData("", "ines", "- **Chair:** Inês Carvalho\n")]
    public void Another_chair_is_written_where_the_text_has_it_in_the_form_that_it_has(string chair, string key, string changed)
    {
        Assert.Equal(Minutes(changed), Set(Minutes(chair), key));
        Assert.Equal(key, Read(Minutes(changed)));
    }

    [Fact]
    public void Lines_end_as_they_did() => Assert.Equal(
        Minutes("- **Chair:** Inês Carvalho\n").ReplaceLineEndings("\r\n"),
        Set(Minutes("- **Chair:** Amara\n").ReplaceLineEndings("\r\n"), "ines"));

    [Theory]
    [InlineData("Two of us met.\n", "ines")]
    [InlineData("## Meeting #1 - 2026-01-08\n\n- **Chair:** Amara\n", "nobody")]
    public void Where_there_is_no_place_or_no_such_person_nothing_is_changed(string text, string key) =>
        Assert.Null(Set(text, key));

    [Theory]
    [InlineData("- **Chair:** Zoe Nobody\n")]
    [InlineData("- **Chair:** Amara and Tomas\n")]
    [InlineData("- **Chair:**\n")]
    [InlineData("")]
    public void Nobody_several_and_strangers_are_not_one_of_the_roster(string chair) => Assert.Equal("", Read(Minutes(chair)));

    private static string Minutes(string chair) =>
        $"## Meeting #1 - 2026-01-08\n\n- **Duration:** 45m\n{chair}- **Participants:**\n  - Amara\n  - Tomas\n"
        + "- **Notes:**\n  - AI(Tomas): ask the chair\n";

    private static string? Set(string text, string key) =>
        ChairField.Set(Tidewater.Charter, new Roster(Tidewater.Charter), Day, text, key);

    private static string Read(string text) =>
        ChairField.Read(Tidewater.Charter, new Roster(Tidewater.Charter), Day, MinutesReader.Read(text).Meetings[0]);
}
