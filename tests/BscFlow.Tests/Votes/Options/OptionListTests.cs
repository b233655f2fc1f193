using BscFlow.Committee;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Tests.Votes.Options;

public sealed class OptionListTests
{
    private static readonly Charter Charter = Tidewater.Charter;

    [Fact]
    public void A_name_a_line_is_an_option_a_line()
    {
        var options = OptionList.Read("\nAda Bell\r\n\n \"Lind, Bo\" \nThe 5\" disk\nThe \"small\" one\n", Charter);

        Assert.Equal(["Ada Bell", "Lind, Bo", "The 5\" disk", "The \"small\" one"], options.Select(option => option.Name));
    }

    [Theory]
    [InlineData("name,cost\nAda,3\n\"Lind, Bo\",4")]
    [InlineData("\n Cost ; NAME \r\n3;Ada\r\n4;Lind, Bo")]
    [InlineData("cost\tname\n3\tAda\n4\tLind, Bo")]
    public void A_table_is_read_whatever_parts_its_columns_and_wherever_the_name_stands(string text)
    {
        var options = OptionList.Read(text, Charter);

        Assert.Equal([("Ada", 3m), ("Lind, Bo", 4m)], options.Select(option => (option.Name, option.Cost)));
    }

    [Fact]
    public void Who_proposes_an_option_is_told_by_name_though_given_by_id() => Assert.Equal(
        ["Inês Carvalho", "A guest", null],
        OptionList.Read("name,proposer\nLamp,ines\nRoof,A guest\nDoor,", Charter).Select(option => option.Proposer));

    [Fact]
    public void A_table_that_has_names_alone_has_no_option_that_is_called_name() =>
        Assert.Equal(["Ada", "Cy"], OptionList.Read("name\nAda\nCy", Charter).Select(option => option.Name));

    [Theory]
    [InlineData("nom,prix\nAda,3", 1, "\"nom,prix\" has a comma and is no name")]
    [InlineData("Ada\nBell; Cy", 2, "\"Bell; Cy\" has a semicolon and is no name")]
    [InlineData("option\tcost\nAda\t3", 1, "has a tab and is no name")]
    public void What_looks_like_a_table_and_has_no_column_of_names_is_refused_with_the_columns_there_are(
        string text, int line, string why)
    {
        var refused = Assert.Throws<BallotFormatException>(() => OptionList.Read(text, Charter));

        Assert.Equal(line, refused.Line);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.Contains(
            "which can be name, link, cost, proposer, affiliation and recused", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_nothing_is_known_of_is_refused_and_not_left_out()
    {
        var refused = Assert.Throws<BallotFormatException>(() => OptionList.Read("name,prix\nAda,3", Charter));

        Assert.Equal(
            "no column is called \"prix\"; they can be name, link, cost, proposer, affiliation and recused", refused.Message);
    }
}
