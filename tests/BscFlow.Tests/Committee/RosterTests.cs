using BscFlow.Committee;
using FsCheck.Xunit;

namespace BscFlow.Tests.Committee;

public sealed class RosterTests
{
    private static readonly DateOnly Today = new(2025, 5, 14);

    private static readonly Charter Reef = new()
    {
        Id = "reef",
        Name = "Coral Reef Board",
        TimeZone = "UTC",
        Mailbox = "board@reef.example",
        Secretaries = [],
        Meetings = new MeetingRules { Rule = "FREQ=DAILY", Start = new(2024, 1, 1) },
        Quorum = new Threshold(new Fraction(3, 5), MoreThan: false, Body.Entire),
        Rules = new Dictionary<string, VoteRule>(),
        Members =
        [
            Member("andrej", "Andrej Nakoviak", "Andy"),
            Member("daniel", "Daniel Brook"),
            Member("jp", "JP Sarr"),
            Member("ines", "Inês Núñez-O'Hara"),
            Member("mei", "Mei-Lin Tan"),
            Member("alexa", "Alexa Stone"),
            Member("alexander", "Alexander Moor"),
            new()
            {
                Id = "dave",
                Name = "Dave Tell",
                Addresses = ["dave@x.example"],
                Terms = [new(new(2021, 1, 1), new(2023, 10, 18))],
            },
            new()
            {
                Id = "joe",
                Name = "Joe Old",
                Addresses = ["joe@x.example"],
                Terms = [new(new(2021, 1, 1), new(2022, 1, 1)), new(new(2024, 1, 1))],
            },
            new() { Id = "mia", Name = "Mia Next", Addresses = ["mia@x.example"], Terms = [new(new(2026, 1, 1))] },
        ],
        Guests = [new Guest { Name = "Dan Green" }, new Guest { Name = "Joe Guest" }, new Guest { Name = "李明" }],
    };

    private static readonly Roster Roster = new(Reef);

    [Fact]
    public void Both_days_of_a_term_are_in_office()
    {
        Assert.Contains(Roster.On(new(2023, 10, 18)), member => member.Id == "dave");
        Assert.DoesNotContain(Roster.On(new(2023, 10, 19)), member => member.Id == "dave");
        Assert.Equal(9, Roster.Size(new(2021, 1, 1)));
    }

    [Fact]
    public void Who_has_left_is_emeritus_and_who_is_back_or_yet_to_come_is_not() =>
        Assert.Equal(["dave"], Roster.Emeritus(Today).Select(member => member.Id));

    [Theory]
    [InlineData("Daniel Brook", "daniel")]
    [InlineData("  daniel   BROOK ", "daniel")]
    [InlineData("Andy", "andrej")]
    [InlineData("@daniel", "daniel")]
    [InlineData("Daniel", "daniel")]
    [InlineData("Brook", "daniel")]
    [InlineData("JP", "jp")]
    [InlineData("DB", "daniel")]
    [InlineData("Daniel B.", "daniel")]
    [InlineData("Brook, Daniel", "daniel")]
    [InlineData("Daniel X. Brook", "daniel")]
    [InlineData("Ines Nunez-OHara", "ines")]
    [InlineData("Mei-Lin", "mei")]
    [InlineData("Mei", "mei")]
    [InlineData("Dave", "dave")]
    [InlineData("Joe", "joe")]
    [InlineData("Daniel Brook (Acme Legal)", "daniel")]
    public void A_member_is_known_by_many_names(string name, string id) =>
        Assert.Equal(new NameMatch.OfMember(Roster.ById(id)!, Exact: true), Roster.Find(name, Today));

    [Theory]
    [InlineData("Andrej Nakovaik", "andrej")]
    [InlineData("Andrei Nakoviak", "andrej")]
    [InlineData("Andrej Nakoviyak", "andrej")]
    [InlineData("JP Sarrstack", "jp")]
    [InlineData("David Tell", "dave")]
    [InlineData("Andrje", "andrej")]
    [InlineData("Nakovjak", "andrej")]
    [InlineData("Danie", "daniel")]
    public void A_slip_of_spelling_is_known_as_one(string name, string id) =>
        Assert.Equal(new NameMatch.OfMember(Roster.ById(id)!, Exact: false), Roster.Find(name, Today));

    [Theory]
    [InlineData("Dan", "Dan Green")]
    [InlineData("Joe Guest", "Joe Guest")]
    [InlineData("李明", "李明")]
    public void A_guest_is_known_too(string name, string guest) =>
        Assert.Equal(guest, Assert.IsType<NameMatch.OfGuest>(Roster.Find(name, Today)).Guest.Name);

    [Fact]
    public void A_first_name_means_the_member_in_office_before_guests_and_those_who_have_left()
    {
        Assert.IsType<NameMatch.OfMember>(Roster.Find("Joe", Today));
        Assert.Equal(["Joe Old", "Joe Guest"], Assert.IsType<NameMatch.Ambiguous>(Roster.Find("Joe", new(2023, 1, 1))).Names);
    }

    [Fact]
    public void Two_who_fit_as_well_are_ambiguous() =>
        Assert.Equal(["Alexa Stone", "Alexander Moor"], Assert.IsType<NameMatch.Ambiguous>(Roster.Find("Alex", Today)).Names);

    [Theory]
    [InlineData("Kumar", null)]
    [InlineData("Jose", null)]
    [InlineData("Tobias Waldner", null)]
    [InlineData("", null)]
    [InlineData("???", null)]
    [InlineData("Dan Grey", "Dan Green")]
    public void Anybody_else_is_unknown(string name, string? closest)
    {
        var match = Roster.Find(name, Today);

        Assert.Equal(new NameMatch.Unknown(closest), match);
    }

    [Theory]
    [InlineData("all")]
    [InlineData("Everyone")]
    [InlineData("REEF")]
    [InlineData("Coral Reef Board")]
    [InlineData("CRB")]
    public void The_whole_committee_has_names_too(string name) => Assert.True(Roster.MeansEveryone(name));

    [Theory]
    [InlineData("Board")]
    [InlineData("Joe")]
    public void Others_are_not_the_whole_committee(string name) => Assert.False(Roster.MeansEveryone(name));

    [Fact]
    public void An_address_belongs_to_one_member_whatever_its_case() =>
        Assert.Equal("dave", Roster.ByAddress("DAVE@x.example")?.Id);

    [Property]
    public void No_name_is_too_strange(string? name) => Assert.NotNull(Roster.Find(name ?? "\uD800", Today));

    private static Member Member(string id, string name, params string[] aliases) => new()
    {
        Id = id,
        Name = name,
        Aliases = aliases,
        Addresses = [$"{id}@x.example"],
        Terms = [new Term(new DateOnly(2021, 1, 1))],
    };
}
