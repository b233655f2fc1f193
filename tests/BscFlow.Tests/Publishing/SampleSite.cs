using System.Text;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Publishing;

namespace BscFlow.Tests.Publishing;

/// <summary>The sample committee's site, as it is a month after its last meeting.</summary>
internal static class SampleSite
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 3, 9, 0, 0, TimeSpan.Zero);

    public static Archive Archive { get; } = Of(Tidewater.Charter, Year(2025), Year(2026));

    public static Archive Of(Charter charter, params YearMinutes[] years) => new()
    {
        Charter = charter,
        Years = years,
        Meetings =
        [
            new Meeting
            {
                Committee = charter.Id,
                Number = 34,
                Start = new DateTimeOffset(2026, 11, 12, 15, 0, 0, TimeSpan.Zero),
                Length = TimeSpan.FromHours(1),
                Chair = charter.Members[0].Id,
            },
        ],
        Actions = ActionRegister.ReadAll(years.SelectMany(year => year.Document.Meetings), new Roster(charter)),
        Now = Now,
    };

    /// <summary>The sample archive with a meeting of its own instead of its years.</summary>
    public static Archive WithMinutes(string markdown) =>
        Of(Tidewater.Charter, new YearMinutes(2026, MinutesReader.Read(markdown)));

    public static async Task<IReadOnlyDictionary<string, string>> RenderAsync(
        Archive archive, SiteContent content = SiteContent.All)
    {
        Dictionary<string, string> files = [];
        foreach (var file in new Site(PageRenderer.Create()).Plan(archive, SiteBefore.Nothing, content).Files())
        {
            files.Add(file.Path, Encoding.UTF8.GetString((await file.RenderAsync()).Span));
        }

        return files;
    }

    private static YearMinutes Year(int year) =>
        new(year, MinutesReader.Read(File.ReadAllBytes(Tidewater.PathOf($"{year}.md"))));
}
