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
            select new Form(forms.Key.Split(' '), [.. forms])).ToList();

        // Two forms of one name share its first word or its last.
        var byFirst = strangers.Index().ToLookup(form => form.Item.First);
        var byLast = strangers.Index().ToLookup(form => form.Item.Last);
        foreach (var form in strangers.Where(form => form.Uses.Count <= Established))
        {
            var other = byFirst[form.First].Concat(byLast[form.Last])
                .Where(other => other.Item != form && AreOne(form, other.Item))
                .OrderBy(other => other.Index)
                .FirstOrDefault().Item;
            if (other is null)
            {
                continue;
            }

            foreach (var (meeting, person) in form.Uses)
            {
                yield return meeting.Finding(
                    FindingKind.NameSpelling,
                    person.Line,
                    $"{person.Name} in {meeting.Name} may be {other.Uses[0].Person.Name} in {other.Uses[0].Meeting.Name}.",
                    "Use one form, or add both to the charter.");
            }
        }
    }

    /// <summary>One surname and two forms of a first name ("Dave", "Daniel"), or one first name and a slip.</summary>
    private static bool AreOne(Form one, Form other) =>
        (one.Last == other.Last && one.First.AsSpan().CommonPrefixLength(other.First) >= 2)
        || (one.First == other.First && Spelling.IsNear(one.Last, other.Last));

    /// <param name="words">Of the name, folded.</param>
    private sealed class Form(string[] words, IReadOnlyList<(MinutedMeeting Meeting, NamedPerson Person)> uses)
    {
        public string First => words[0];

        public string Last => words[^1];

        public IReadOnlyList<(MinutedMeeting Meeting, NamedPerson Person)> Uses => uses;
    }
}
