using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>A meeting while the member was in office.</summary>
/// <param name="Name">#62, or nothing where it has no number.</param>
public sealed record MeetingOfMember(string? Name, DateOnly Date, bool Present);

/// <summary>At which meetings of the last year a member was, by the published minutes.</summary>
public sealed class ReadAttendance(MinutesStore minutes)
{
    private const int DaysBack = 366;

    /// <returns>The latest first.</returns>
    public async Task<IReadOnlyList<MeetingOfMember>> RunAsync(
        Charter charter, Member member, DateOnly today, CancellationToken cancellationToken)
    {
        var since = today.AddDays(-DaysBack);
        var years = (await minutes.YearVersionsAsync(charter.Id, cancellationToken)).Keys.Where(year => year >= since.Year);
        var texts = await Task.WhenAll(years.Select(year => minutes.FindYearAsync(charter.Id, year, cancellationToken)));
        return [.. Of(charter, member, since, texts.OfType<StoredMinutes>().Select(year => year.Text))];
    }

    private static IEnumerable<MeetingOfMember> Of(Charter charter, Member member, DateOnly since, IEnumerable<string> years)
    {
        var roster = new Roster(charter);
        return
            from meeting in years.SelectMany(text => MinutesReader.Read(text).Meetings)
            where meeting is { Status: MeetingStatus.Held, Date: not null }
            let date = meeting.Date!.Value
            where date >= since && member.InOffice(date)
            let names = meeting.Participants.Concat(meeting.Chairs).Select(person => person.Name)
            orderby date descending
            select new MeetingOfMember(
                meeting.Number is { } number ? $"#{number}" : null,
                date,
                Quorum.Of(charter, roster, date, names).Present.Any(other => other.Id == member.Id));
    }
}
