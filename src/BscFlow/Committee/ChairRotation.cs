namespace BscFlow.Committee;

/// <summary>Who took the chair on a day.</summary>
public sealed record ChairedMeeting(DateOnly Day, string MemberId);

/// <summary>Who is to take the chair next.</summary>
/// <remarks>
/// The chair goes round by first name. After whoever chaired last, it is the turn of the next by first name among those in
/// office on the day of the meeting, and after the last name the first again. Only the last chair matters: one who stands in
/// for another moves the turn to themselves, one who was absent in their turn waits for the next round, one who joins is asked
/// when their name comes up, and the place of one who has left is kept by their name. While roster and attendance stay the
/// same, everybody chairs once before anybody chairs again.
/// </remarks>
public static class ChairRotation
{
    /// <param name="day">Of the meeting.</param>
    /// <param name="history">
    /// Who chaired before it, in any order, those of one day in theirs; what is after the day does not count, and ids that the
    /// charter does not know are passed over.
    /// </param>
    /// <param name="absent">Ids of members who said that they will not come.</param>
    /// <returns>Null when nobody in office will come.</returns>
    public static Member? Propose(Charter charter, DateOnly day, IEnumerable<ChairedMeeting> history, IReadOnlySet<string> absent)
    {
        var order = charter.Members.OrderBy(Turn, StringComparer.Ordinal).ToList();
        bool CanChair(Member member) => member.InOffice(day) && !absent.Contains(member.Id);

        if (charter.Chair.Fixed is { } standing && order.Find(member => member.Id == standing) is { } chair && CanChair(chair))
        {
            return chair;
        }

        var last = history
            .Where(meeting => meeting.Day <= day && order.Exists(member => member.Id == meeting.MemberId))
            .OrderBy(meeting => meeting.Day)
            .LastOrDefault();
        var turn = last is null ? 0 : order.FindIndex(member => member.Id == last.MemberId) + 1;
        return order.Skip(turn).Concat(order.Take(turn)).FirstOrDefault(CanChair);
    }

    /// <summary>By first name, then by the rest of the name, then by id: the same on every machine.</summary>
    private static string Turn(Member member) => $"{Spelling.Fold(member.Name)}\0{member.Id}";
}
