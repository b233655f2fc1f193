using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Tests.Actions;

public sealed class RealYearsTests(ITestOutputHelper output)
{
    /// <summary>By a person's reading, only what one meeting carries from the one before it is said twice.</summary>
    [Fact]
    public void In_three_real_years_exactly_what_was_carried_is_merged()
    {
        var folder = SharedData.Require("minutes");
        List<MeetingMinutes> meetings =
        [
            .. new[] { 2022, 2023, 2025 }.SelectMany(year =>
                MinutesReader.Read(File.ReadAllBytes(Path.Combine(folder, $"{year}.md"))).Meetings),
        ];
        var charter = File.ReadAllBytes(Repository.PathOf("src/BscFlow.Local/Samples/bsc/charter.json"));
        var roster = new Roster(CharterReader.Read(charter));

        var register = ActionRegister.ReadAll(meetings, roster);

        var merged = register.Where(item => item.Mentions.Count > 1).ToList();
        output.WriteLine($"{meetings.Sum(meeting => meeting.ActionItems.Count)} statements, {register.Count} items; merged:");
        merged.ForEach(item =>
            output.WriteLine($"{item.Id} {string.Join(" | ", item.Mentions.Select(mention => mention.Text))}"));
        Assert.Equal(["0028-1", "0028-2", "0028-3", "0028-4"], merged.Select(item => item.Id));
        Assert.All(meetings, meeting =>
        {
            var next = meetings.Select(other => other.Date).Where(date => date > meeting.Date).Min();
            Assert.True(ActionRegister.Read(register, meeting, roster, next).IsEmpty);
        });
    }
}
