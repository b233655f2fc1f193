using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Names of chairs and participants against the charter.</summary>
internal static class NameRules
{
    public static IEnumerable<Finding> Find(MinutedMeeting meeting)
    {
        var chairs = meeting.Minutes.Chairs.Select(chair => chair.Name).ToHashSet();
        foreach (var person in meeting.Attendance.People.DistinctBy(person => person.Name))
        {
            switch (meeting.Attendance.Find(person.Name))
            {
                case NameMatch.OfMember { Member.Name: var right } match when IsMisspelt(person.Name, right, match.Exact):
                    yield return Misspelt(meeting, person, right);
                    break;
                case NameMatch.OfGuest { Guest.Name: var right } match when IsMisspelt(person.Name, right, match.Exact):
                    yield return Misspelt(meeting, person, right);
                    break;
                case NameMatch.Ambiguous { Names: var names }:
                    yield return meeting.Finding(
                        FindingKind.UnknownName,
                        person.Line,
                        $"{person.Name} could be {string.Join(" or ", names)}.",
                        "Write the full name.");
                    break;
                case NameMatch.Unknown when chairs.Contains(person.Name) && meeting.Held:
                    yield return meeting.Finding(
                        FindingKind.UnknownName,
                        person.Line,
                        $"{person.Name}, in the chair of {meeting.Name}, is not in the charter.");
                    break;
                case NameMatch.Unknown when IsSingleWord(person.Name) && !person.Guest && person.Affiliation is null:
                    yield return meeting.Finding(
                        FindingKind.UnknownName,
                        person.Line,
                        $"{person.Name}, a participant of {meeting.Name}, is not in the charter and is not named in full.",
                        "Write the full name.");
                    break;
            }
        }
    }

    /// <summary>
    /// A slip, or an alias that is one: the charter may list a slip as an alias so that old minutes are understood, which does
    /// not make it right. A short form is no slip.
    /// </summary>
    private static bool IsMisspelt(string written, string right, bool exact)
    {
        var (one, other) = (Spelling.Fold(written).Split(' '), Spelling.Fold(right).Split(' '));
        if (one.Length == 1)
        {
            return !exact && !other[0].StartsWith(one[0], StringComparison.Ordinal);
        }

        return !exact || (one[0] == other[0] && one[^1] != other[^1] && Spelling.IsNear(one[^1], other[^1]));
    }

    private static Finding Misspelt(MinutedMeeting meeting, NamedPerson person, string right) => meeting.Finding(
        FindingKind.NameSpelling, person.Line, $"{person.Name} in {meeting.Name} is {right} in the charter.", $"Write {right}.");

    private static bool IsSingleWord(string name) => !Spelling.Fold(name).Contains(' ', StringComparison.Ordinal);
}
