using System.Globalization;
using BscFlow.Committee;

namespace BscFlow.Minutes;

public enum Presence
{
    Absent,
    Present,

    /// <summary>Was there, and left before the end.</summary>
    Left,
}

/// <summary>Somebody of the roster at one meeting.</summary>
/// <param name="Key">A member's id, or <c>guest-</c> and the guest's place in the charter.</param>
/// <param name="InChair">The minutes name them as chair, so that they are there whatever the list says.</param>
public sealed record Attendee(string Key, string Name, bool IsMember, Presence Presence, bool InChair);

/// <summary>Who of the roster was at a meeting, read from its minutes and written into them.</summary>
/// <remarks>Who left is listed as <c>Joe Stringer (left early)</c>; any remark that begins with "left" is read so.</remarks>
public static class AttendanceList
{
    private const string GuestPrefix = "guest-";

    /// <summary>Ways to write one change that are tried: each is read again, and a line may have as many commas as it likes.</summary>
    private const int MostWays = 50;

    /// <summary>How often one person may be listed.</summary>
    private const int MostMentions = 20;

    /// <summary>The members in office that day and the charter's guests, in the charter's order.</summary>
    public static IReadOnlyList<Attendee> Read(Charter charter, Roster roster, DateOnly day, MeetingMinutes minutes)
    {
        var presence = new Dictionary<string, Presence>();
        foreach (var person in minutes.Participants)
        {
            if (KeyOf(charter, roster, day, person.Name) is { } key)
            {
                presence[key] = person.Left ? Presence.Left : Presence.Present;
            }
        }

        var chairs = minutes.Chairs.Select(chair => KeyOf(charter, roster, day, chair.Name)).ToHashSet();
        Attendee Of(string key, string name, bool isMember)
        {
            var inChair = chairs.Contains(key);
            return new(key, name, isMember, presence.GetValueOrDefault(key, inChair ? Presence.Present : Presence.Absent), inChair);
        }

        return
        [
            .. roster.On(day).Select(member => Of(member.Id, member.Name, isMember: true)),
            .. charter.Guests.Select((guest, i) => Of(GuestKey(i), guest.Name, isMember: false)),
        ];
    }

    /// <summary>The text with one person's presence changed; everything else in it stays.</summary>
    /// <param name="section">The minutes of one meeting.</param>
    /// <returns>Null where the text has no place or form in which the change would be read again as it is meant.</returns>
    public static string? Set(Charter charter, Roster roster, DateOnly day, string section, string key, Presence presence)
    {
        bool IsMeant(NamedPerson person) => KeyOf(charter, roster, day, person.Name) == key;
        var left = presence is Presence.Left;
        if (NameOf(charter, key) is not { } name)
        {
            return null;
        }

        for (var times = 0; times < MostMentions && MinutesReader.Read(section).Meetings is [var minutes]; times++)
        {
            var forms = new AttendanceForms(section, minutes);
            List<NamedPerson> people = [.. minutes.Participants];
            var listed = people.FindLastIndex(IsMeant);
            var other = people.FindLastIndex(person => IsMeant(person) && person.Left != left);
            var changed = presence switch
            {
                Presence.Absent when listed < 0 => section,
                Presence.Absent => First(minutes, forms.Without(listed), [.. people.Where((_, i) => i != listed)], people[listed].Name),
                _ when listed < 0 => forms.With(name, key.StartsWith(GuestPrefix, StringComparison.Ordinal), left)
                    .Take(MostWays).FirstOrDefault(text => Added(minutes, text, IsMeant) is { } person && person.Left == left),
                _ when other < 0 => section,
                _ => First(
                    minutes,
                    left ? forms.Leaving(other) : forms.Staying(other),
                    [.. people.Select((person, i) => i == other ? person with { Left = left } : person)]),
            };
            if (changed is null || changed == section)
            {
                return changed;
            }

            section = changed;
        }

        return null;
    }

    /// <summary>Puts a line at the end of the notes: who left, and that nothing can be decided from there on.</summary>
    public static string NoteLoss(string section, string name) => MinutesReader.Read(section).Meetings is [{ QuorumLostLine: null } minutes, ..]
        ? new AttendanceForms(section, minutes).Ending($"  - Quorum lost: {name} left.")
        : section;

    private static string GuestKey(int index) => string.Create(CultureInfo.InvariantCulture, $"{GuestPrefix}{index}");

    internal static string? NameOf(Charter charter, string key) =>
        charter.Members.FirstOrDefault(member => member.Id == key)?.Name
        ?? charter.Guests.Where((_, i) => GuestKey(i) == key).FirstOrDefault()?.Name;

    internal static string? KeyOf(Charter charter, Roster roster, DateOnly day, string name) => roster.Find(name, day) switch
    {
        NameMatch.OfMember { Member: var member } => member.Id,
        NameMatch.OfGuest { Guest: var guest } => GuestKey(charter.Guests.Index().First(other => other.Item == guest).Index),
        _ => null,
    };

    /// <summary>The first text in which exactly these are named, and all else is read as before.</summary>
    /// <param name="leaving">Whose name may go from the chair too, where it stood beside the name.</param>
    private static string? First(MeetingMinutes before, IEnumerable<string> texts, IReadOnlyList<NamedPerson> wanted, string? leaving = null) =>
        texts.Take(MostWays).FirstOrDefault(text => MinutesReader.Read(text).Meetings is [var after]
            && Names(after.Participants).SequenceEqual(Names(wanted)) && IsSameElsewhere(before, after, leaving));

    /// <summary>The one whom a text names besides those whom it named before; null where more is different.</summary>
    private static NamedPerson? Added(MeetingMinutes before, string text, Func<NamedPerson, bool> isMeant) =>
        MinutesReader.Read(text).Meetings is [var after]
        && after.Participants.Count == before.Participants.Count + 1
        && after.Participants.FirstOrDefault(isMeant) is { } added
        && Names(after.Participants.Where(person => person != added)).SequenceEqual(Names(before.Participants))
        && IsSameElsewhere(before, after, leaving: null)
            ? added
            : null;

    internal static IEnumerable<(string Name, bool Left)> Names(IEnumerable<NamedPerson> people) =>
        people.Select(person => (person.Name, person.Left));

    private static IEnumerable<string> Chairs(MeetingMinutes minutes, string? leaving) =>
        minutes.Chairs.Select(chair => chair.Name).Where(name => name != leaving);

    private static bool IsSameElsewhere(MeetingMinutes before, MeetingMinutes after, string? leaving) =>
        after.ChairLine is null == before.ChairLine is null
        && Chairs(after, leaving).SequenceEqual(Chairs(before, leaving), StringComparer.Ordinal)
        && IsSameBesidePeople(before, after);

    /// <summary>Whether all is read as before but who was there and who was in the chair.</summary>
    internal static bool IsSameBesidePeople(MeetingMinutes before, MeetingMinutes after) =>
        after.Number == before.Number && after.Date == before.Date && after.DurationMinutes == before.DurationMinutes
        && after.Quorum?.Text == before.Quorum?.Text
        && after.ActionItems.Select(item => item.Text).SequenceEqual(before.ActionItems.Select(item => item.Text), StringComparer.Ordinal)
        && after.Decisions.Select(item => item.Text).SequenceEqual(before.Decisions.Select(item => item.Text), StringComparer.Ordinal);
}
