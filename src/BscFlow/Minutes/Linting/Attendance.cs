using BscFlow.Committee;

namespace BscFlow.Minutes.Linting;

/// <summary>Who was at a meeting by its minutes: its participants and its chairs.</summary>
internal sealed class Attendance(MeetingMinutes minutes, NameForms names)
{
    private readonly DateOnly _day = minutes.Date ?? DateOnly.MaxValue;

    public IEnumerable<NamedPerson> People => minutes.Participants.Concat(minutes.Chairs);

    /// <summary>Whether somebody of that name took part; the chair did, listed or not.</summary>
    public bool Includes(string name) => Lists(name) || AnyIs(minutes.Chairs, name);

    /// <summary>Whether somebody of that name is on the list of participants.</summary>
    public bool Lists(string name) => AnyIs(minutes.Participants, name);

    public NameMatch Find(string name) => names.Roster.Find(name, _day);

    /// <summary>Whether the charter has somebody of exactly that name.</summary>
    public bool Knows(string name) => Find(name) is NameMatch.OfMember { Exact: true } or NameMatch.OfGuest { Exact: true };

    public bool MeansEveryone(string name) => names.Roster.MeansEveryone(name);

    private bool AnyIs(IReadOnlyList<NamedPerson> people, string name) =>
        names.Keys(name, _day).Any(key => people.Any(person => names.Marks(person.Name, _day).Contains(key)));
}
