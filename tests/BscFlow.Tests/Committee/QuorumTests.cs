using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Tests.Committee;

public sealed class QuorumTests
{
    private static readonly Charter Bsc = CharterReader.Read(CharterFiles.Sample("bsc"));

    [Theory]
    [InlineData("2025-10-08", "Alan Jowett, Brendan Gregg, Joe Stringer, Kendall Perez", "3 of 6 members; quorum is 4", false)]
    [InlineData("2025-10-08", "Alan Jowett, Brendan Gregg, Joe Stringer, KP, Kendall Perez", "4 of 6 members; quorum is 4", true)]
    [InlineData("2025-10-08", "Alan, Alan Jowett, alan jowett, Brendan, Joe", "3 of 6 members; quorum is 4", false)]
    [InlineData("2023-11-29", "Dan Brown, Joe Stringer, Brendan Gregg, Daniel Borkmann, Alan Jowett", "4 of 7 members; quorum is 5", false)]
    [InlineData("2023-11-28", "Dan Brown, Joe Stringer, Brendan Gregg, Daniel Borkmann, Alan Jowett", "3 of 6 members; quorum is 4", false)]
    [InlineData("2023-10-18", "Joe, KP, Alexei, Brendan, Daniel Borkmann, Dave Thaler", "6 of 7 members; quorum is 5", true)]
    [InlineData("2023-10-19", "Joe, KP, Alexei, Dave Thaler", "3 of 6 members; quorum is 4", false)]
    [InlineData("2022-11-02", "Andrii Nakriyko, Daniel Borkmann, Joe Stringer, Lisa Caywood, Alexei", "4 of 8 members; quorum is 5", false)]
    [InlineData("2020-01-01", "Joe Stringer", "0 of 0 members; quorum is 0", false)]
    public void Members_in_office_that_day_count_once_and_nobody_else(string day, string names, string explanation, bool reached)
    {
        var date = DateOnly.Parse(day, CultureInfo.InvariantCulture);

        var quorum = Quorum.Of(Bsc, new Roster(Bsc), date, names.Split(", "));

        Assert.Equal(explanation, quorum.Explanation);
        Assert.Equal(reached, quorum.IsReached);
    }

    [Fact]
    public void A_name_that_two_members_could_bear_is_told_and_not_counted()
    {
        var bell = new Member { Id = "joe-b", Name = "Joe Bell", Addresses = ["b@x.example"], Terms = [new(new(2021, 1, 1))] };
        var charter = Bsc with { Members = [.. Bsc.Members, bell] };

        var quorum = Quorum.Of(charter, new Roster(charter), new(2025, 1, 8), ["Joe", "Joe", "KP"]);

        Assert.Equal(["Joe"], quorum.Unclear);
        Assert.Equal("KP Singh", Assert.Single(quorum.Present).Name);
    }

    [Fact]
    public void Ids_are_counted_like_names() =>
        Assert.Equal(
            "2 of 6 members; quorum is 4",
            Quorum.Of(Bsc, new(2025, 1, 8), ["joe", "kp", "kp", "dave", "nobody"]).Explanation);
}
