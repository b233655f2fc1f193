using System.Text;
using System.Text.Json;
using BscFlow.Votes;

namespace BscFlow.Tests.Votes;

public sealed class ElectorsTests
{
    private static readonly Elector[] Some =
    [
        new("v-0000001", "Ada Bell", "ada@example.org"),
        new("v-0000002", "Abel Ngô 李雷 👩‍🚀", "abel@example.org"),
        new("mia", "", null),
        new("long", new string('x', 254), new string('y', 70_000)),
        new("v-0000003", "Ada Bell", ""),
    ];

    [Fact]
    public void They_come_out_as_they_went_in()
    {
        var electors = Electors.Of(Some);

        Assert.Equal(Some, electors);
        Assert.Equal(Some, Some.Select((_, place) => electors[place]));
        Assert.Equal(Some, Some.Select(elector => electors.Find(elector.Id)));
        Assert.Equal(Some.Select(elector => elector with { Address = null }), electors.WithoutAddresses());
    }

    [Fact]
    public void Of_very_many_each_is_found_and_no_other()
    {
        var electors = Electors.Of(
            Enumerable.Range(0, 50_000).Select(i => new Elector($"v-{i * 2:D7}", $"Voter {i}", $"v{i}@example.org")));

        Assert.Equal((50_000, 50_000), (electors.Count, electors.Ids));
        Assert.All(Enumerable.Range(0, 50_000), i => Assert.Equal($"Voter {i}", electors.Find($"v-{i * 2:D7}")?.Name));
        Assert.All(Enumerable.Range(0, 50_000), i => Assert.False(electors.Contains($"v-{(i * 2) + 1:D7}")));
        Assert.False(electors.Contains("V-0000000"));
        Assert.False(electors.Contains(""));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_set_of_them_holds_those_who_were_put_in(bool sorted)
    {
        var all = Enumerable.Range(0, 1_000).Select(i => new Elector($"v-{i:D4}", $"Voter {i}"));
        var voters = new VoterSet(Electors.Of(sorted ? all : all.Reverse()));
        Assert.Empty(voters);
        foreach (var id in (string[])["v-0999", "v-0000", "v-0500", "v-0999", "somebody else", "V-0001"])
        {
            voters.Add(id);
        }

        string[] expected = ["v-0000", "v-0500", "v-0999"];
        Assert.Equal(sorted ? expected : [.. expected.Reverse()], voters);
        Assert.Equal(3, voters.Count);
        Assert.True(voters.Contains("v-0500"));
        Assert.False(voters.Contains("v-0501"));
        Assert.False(voters.Contains("somebody else"));
    }

    [Fact]
    public void An_id_that_stands_twice_is_one_voter()
    {
        var electorate = new Electorate { Members = [new("ada", "Ada"), new("cy", "Cy"), new("ada", "Ada again")], Subject = "cy" };

        Assert.Equal((3, 1), (electorate.Count, electorate.Size));
        Assert.Equal("Ada", electorate.NameOf("ada"));
        Assert.Equal((true, false, false), (electorate.Asks("ada"), electorate.Asks("cy"), electorate.Asks("eve")));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(5, "mia")]
    [InlineData(20_000, null)]
    public async Task What_is_kept_of_an_electorate_is_its_JSON_and_is_read_again(int voters, string? subject)
    {
        var electorate = new Electorate
        {
            Members = Electors.Of(Some.Take(voters).Concat(Enumerable.Range(5, Math.Max(voters - 5, 0))
                .Select(i => new Elector($"v-{i:D7}", $"Voter \"{i}\" é", i % 3 == 0 ? null : $"v{i}@example.org")))),
            Subject = subject,
        };
        using var file = new MemoryStream();

        await ElectorateFile.WriteAsync(electorate, file.WriteAsync, TestContext.Current.CancellationToken);

        Assert.Equal(
            JsonSerializer.Serialize(electorate, MotionJson.Default.Electorate), Encoding.UTF8.GetString(file.ToArray()));
        file.Position = 0;
        Assert.Equal(electorate, await ElectorateFile.ReadAsync(file, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"members":[{"id":"a"}],"subject":null}""")]
    [InlineData("""{"members":[{"id":null,"name":"A"}],"subject":null}""")]
    [InlineData("""{"members":[{"id":"a","name":"A"}""")]
    [InlineData("")]
    public async Task What_is_no_electorate_is_not_taken_for_one(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));

        await Assert.ThrowsAnyAsync<JsonException>(() => ElectorateFile.ReadAsync(file, TestContext.Current.CancellationToken));
    }
}
