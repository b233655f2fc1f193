using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Guests whom the charter does not know, named in two ways: which of the two is right, only people can say.</summary>
internal static class GuestSpellingRule
{
    // A form that stands in more meetings than this is established, and only the other one is odd.
    private const int Established = 3;

    public static IEnumerable<Finding> Find(Archive archive)
    {
        var strangers = (
            from meeting in archive.Meetings
            from person in meeting.Attendance.People.DistinctBy(person => person.Name)
            where meeting.Attendance.Find(person.Name) is NameMatch.Unknown
            group (Meeting: meeting, Person: person) by Spelling.Fold(person.Name) into forms
            where forms.Key.Contains(' ', StringComparison.Ordinal)
            select forms.ToList()).ToList();

        foreach (var form in strangers.Where(form => form.Count <= Established))
        {
            var name = form[0].Person.Name;
            if (strangers.FirstOrDefault(other => other != form && AreOne(name, other[0].Person.Name)) is not [var other, ..])
            {
                continue;
            }

            foreach (var (meeting, person) in form)
            {
                yield return meeting.Finding(
                    FindingKind.NameSpelling,
                    person.Line,
                    $"{person.Name} in {meeting.Name} may be {other.Person.Name} in {other.Meeting.Name}.",
                    "Use one form, or add both to the charter.");
            }
        }
    }

    /// <summary>One surname and two forms of a first name ("Dave", "Daniel"), or one first name and a slip.</summary>
    private static bool AreOne(string name, string other)
    {
        var (a, b) = (Spelling.Fold(name).Split(' '), Spelling.Fold(other).Split(' '));
        return (a[^1] == b[^1] && a[0].AsSpan().CommonPrefixLength(b[0]) >= 2) || (a[0] == b[0] && Spelling.IsNear(a[^1], b[^1]));
    }
}
