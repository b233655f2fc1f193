using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using BscFlow.Committee;

namespace BscFlow.Local.Time;

/// <summary>The bar on top of every page of a run: what time it is for the committee, and buttons that move the clock.</summary>
/// <param name="clock">The clock that it shows.</param>
/// <param name="charters">
/// The committees of the run; a page of one of them shows that one's time, any other the first one's.
/// </param>
/// <param name="hasMailboxes">Whether there is a page of mailboxes to link to.</param>
public sealed class TimeBar(TimeProvider clock, IReadOnlyList<Charter> charters, bool hasMailboxes)
{
    /// <summary>Goes into the head of a page.</summary>
    public const string Head = "<link rel=\"stylesheet\" href=\"/clock/clock.css\">";

    /// <summary>The time that the bar shows.</summary>
    public DateTimeOffset Minute
    {
        get
        {
            var now = clock.GetUtcNow();
            return new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        }
    }

    /// <summary>Goes to the top of the body of a page.</summary>
    /// <param name="path">Of the page; the page to come back to when a button is pressed is <paramref name="back"/>.</param>
    public string Body(string path, string back)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(CharterOf(path).TimeZone);
        var now = TimeZoneInfo.ConvertTime(Minute, zone);
        var shown = now.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        var iso = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <aside class="bscflow-clock" aria-label="Clock of this run">
            <p><span>It is</span> <time datetime="{iso}">{shown}</time> <span>in {HtmlEncoder.Default.Encode(zone.Id)}</span></p>
            <form method="post" action="/clock/advance">
            <input type="hidden" name="back" value="{HtmlEncoder.Default.Encode(back)}">
            <span id="bscflow-clock-go">Go on by</span>
            <button name="by" value="PT1H" aria-describedby="bscflow-clock-go">one hour</button>
            <button name="by" value="P1D" aria-describedby="bscflow-clock-go">one day</button>
            <button name="by" value="next">to the next thing that happens</button>
            </form>
            <p><a href="/">Site</a> <a href="/desk">Desk</a>{(hasMailboxes ? " <a href=\"/mailboxes\">Mailboxes</a>" : "")}</p>
            </aside>
            """);
        return html.ToString();
    }

    private Charter CharterOf(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return charters.FirstOrDefault(charter => segments.Contains(charter.Id, StringComparer.Ordinal)) ?? charters[0];
    }
}
