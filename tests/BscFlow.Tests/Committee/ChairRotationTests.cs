using BscFlow.Committee;
using FsCheck;
using FsCheck.Xunit;

namespace BscFlow.Tests.Committee;

public sealed class ChairRotationTests
{
    private static readonly DateOnly Today = new(2025, 6, 1);
    private static readonly HashSet<string> Nobody = [];

    [Theory]
    [InlineData("", "ada")]
    [InlineData("ada", "bo")]
    [InlineData("bo", "chen")]
    [InlineData("dov", "ada")]
    [InlineData("ada, chen, bo", "chen")]
    [InlineData("ada, unknown", "bo")]
    public void The_next_by_first_name_is_asked(string history, string next) => Assert.Equal(next, Propose(history, Nobody)?.Id);

    [Theory]
    [InlineData("ada", "bo", "chen")]
    [InlineData("dov", "ada, bo, chen", "dov")]
    [InlineData("dov", "ada, bo, chen, dov", null)]
    public void Who_said_that_they_will_not_come_is_passed_over(string history, string absent, string? next) =>
        Assert.Equal(next, Propose(history, absent.Split(", ").ToHashSet())?.Id);

    [Fact]
    public void The_last_chair_who_has_left_keeps_the_place_of_their_name()
    {
        var committee = Committee("Ada", "Bo", "Chen");
        Term[] ended = [new(new(2024, 1, 1), Today.AddDays(-1))];
        var charter = committee with
        {
            Members = [.. committee.Members.Select(member => member.Id == "bo" ? member with { Terms = ended } : member)],
        };

        Assert.Equal("chen", ChairRotation.Propose(charter, Today, [new(Today.AddDays(-7), "bo")], Nobody)?.Id);
    }

    [Fact]
    public void Who_chaired_an_earlier_meeting_of_the_day_has_had_their_turn() =>
        Assert.Equal(
            "bo",
            ChairRotation.Propose(Committee("Ada", "Bo", "Chen"), Today, [new(Today.AddDays(-7), "chen"), new(Today, "ada")], Nobody)?.Id);

    [Fact]
    public void One_who_has_just_joined_is_asked_when_their_name_comes_up()
    {
        var charter = Committee("Ada", "Bo", "Bea");

        Assert.Equal("bea", ChairRotation.Propose(charter, Today, [new(Today.AddDays(-7), "ada")], Nobody)?.Id);
        Assert.Equal("ada", ChairRotation.Propose(charter, Today, [new(Today.AddDays(-7), "bo")], Nobody)?.Id);
    }

    [Fact]
    public void What_is_chaired_later_than_the_day_does_not_count()
    {
        ChairedMeeting[] history = [new(Today.AddDays(1), "bo"), new(Today.AddDays(-30), "ada")];

        Assert.Equal("bo", ChairRotation.Propose(Committee("Ada", "Bo"), Today, history, Nobody)?.Id);
    }

    [Fact]
    public void A_standing_chair_is_asked_and_the_rotation_stands_in()
    {
        var charter = Committee("Ada", "Bo", "Chen") with { Chair = new ChairRules { Rotates = false, Fixed = "chen" } };

        Assert.Equal("chen", ChairRotation.Propose(charter, Today, [], Nobody)?.Id);
        Assert.Equal("ada", ChairRotation.Propose(charter, Today, [], new HashSet<string> { "chen" })?.Id);
    }

    [Property]
    public void Everybody_chairs_once_in_each_round_from_any_start(PositiveInt members, NonNegativeInt start)
    {
        var size = members.Get % 12 + 1;
        var charter = Committee([.. Enumerable.Range(0, size).Select(i => $"M{(char)('a' + i)}")]);
        var history = new List<ChairedMeeting> { new(Today, charter.Members[start.Get % size].Id) };

        for (var meeting = 1; meeting <= 3 * size; meeting++)
        {
            var day = Today.AddDays(meeting);
            history.Add(new ChairedMeeting(day, ChairRotation.Propose(charter, day, history, Nobody)!.Id));
        }

        Assert.All(
            history.Skip(1).Chunk(size),
            round => Assert.Equal(size, round.Select(meeting => meeting.MemberId).Distinct().Count()));
    }

    [Property]
    public void Whatever_the_history_the_proposed_chair_is_in_office_and_coming(byte[] chaired, byte inOffice, byte absent)
    {
        var committee = Committee("Ada", "Bo", "Chen", "Dov", "Eva", "Fay", "Gus", "Hal");
        var charter = committee with
        {
            Members = [.. committee.Members.Select((member, i) =>
                (inOffice >> i & 1) == 1 ? member : member with { Terms = [new(new(2020, 1, 1), new(2020, 12, 31))] })],
        };
        var away = charter.Members.Where((_, i) => (absent >> i & 1) == 1).Select(member => member.Id).ToHashSet();
        var history = chaired.Select((who, i) => new ChairedMeeting(Today.AddDays(-i), charter.Members[who % 8].Id));

        var chair = ChairRotation.Propose(charter, Today, history, away);

        Assert.Equal(charter.Members.Any(member => member.InOffice(Today) && !away.Contains(member.Id)), chair is not null);
        Assert.True(chair is null || (chair.InOffice(Today) && !away.Contains(chair.Id)));
    }

    private static Member? Propose(string history, IReadOnlySet<string> absent)
    {
        var chairs = history.Split(", ", StringSplitOptions.RemoveEmptyEntries);
        var chaired = chairs.Select((id, i) => new ChairedMeeting(Today.AddDays(i - chairs.Length), id));
        return ChairRotation.Propose(Committee("Chen", "Ada", "Dov", "Bo"), Today, chaired, absent);
    }

    private static Charter Committee(params string[] names) => new()
    {
        Id = "reef",
        Name = "Reef",
        TimeZone = "UTC",
        Mailbox = "board@reef.example",
        Secretaries = [],
        Meetings = new MeetingRules { Rule = "FREQ=DAILY", Start = new(2024, 1, 1) },
        Quorum = new Threshold(new Fraction(1, 2), MoreThan: true, Body.Entire),
        Rules = new Dictionary<string, VoteRule>(),
        Members =
        [
            .. names.Select(name => new Member
            {
                Id = name.ToLowerInvariant(),
                Name = $"{name} Reef",
                Addresses = [$"{name}@reef.example"],
                Terms = [new Term(new DateOnly(2024, 1, 1))],
            }),
        ],
    };
}
