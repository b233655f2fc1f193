using System.Collections.Concurrent;

namespace BscFlow.Committee;

/// <summary>Who belongs to the committee on a day, and who is meant by a name in the minutes.</summary>
public sealed class Roster
{
    private static readonly HashSet<string> WordsForAll =
        ["all", "everyone", "everybody", "all members", "members", "committee", "the committee", "anyone", "whole committee"];

    private readonly Charter _charter;
    private readonly IReadOnlyList<Person> _people;
    private readonly HashSet<string> _everyone;

    /// <summary>
    /// The days on which somebody's office began, or was over, in order: between two of them all days are alike.
    /// </summary>
    private readonly DateOnly[] _changes;

    /// <summary>Members in office before the first of <see cref="_changes"/>, and from each of them on.</summary>
    private readonly Member[][] _inOffice;

    /// <summary>Minutes name the same few people again and again, and to find one costs a comparison with everybody.</summary>
    private readonly ConcurrentDictionary<(string Name, int Since), NameMatch> _found = new();

    public Roster(Charter charter)
    {
        _charter = charter;
        _people = [.. charter.Members.Select(Person.Of), .. charter.Guests.Select(Person.Of)];

        var name = Spelling.Fold(charter.Name);
        _everyone = [.. WordsForAll, Spelling.Fold(charter.Id), name, Initials(name)];
        _changes = [.. charter.Members.SelectMany(member => member.Terms).SelectMany(Changes).Distinct().Order()];
        _inOffice =
        [
            .. _changes.Prepend(DateOnly.MinValue)
                .Select(day => charter.Members.Where(member => member.InOffice(day)).ToArray()),
        ];
    }

    /// <summary>Members in office that day, in the charter's order.</summary>
    public IReadOnlyList<Member> On(DateOnly day) => _inOffice[ChangesUntil(day)];

    /// <summary>How many votes the entire committee has that day.</summary>
    public int Size(DateOnly day) => On(day).Count;

    /// <summary>Those who have left by that day and are not back.</summary>
    public IReadOnlyList<Member> Emeritus(DateOnly day) =>
        [.. _charter.Members.Where(member => !member.InOffice(day) && member.Terms.Any(term => term.Until < day))];

    public Member? ById(string id) => _charter.Members.FirstOrDefault(member => member.Id == id);

    /// <summary>Whose address it is; case does not matter.</summary>
    public Member? ByAddress(string address) =>
        _charter.Members.FirstOrDefault(member => member.Addresses.Contains(address, StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the whole committee is meant: "all", "everyone", the committee's name, id or initials.</summary>
    public bool MeansEveryone(string name) => _everyone.Contains(Spelling.Fold(name));

    /// <summary>Who is meant by a name that stands in minutes or in a mail of that day.</summary>
    /// <remarks>
    /// Tried in this order, and the first that fits anyone decides: full name or alias; id as a <c>@handle</c>; first name;
    /// surname; initials; id; first name with the surname's first letter; first and last word of the name; and then, as not
    /// exact, a shortened first name and slips of spelling. In each, members in office come before former members and guests.
    /// </remarks>
    public NameMatch Find(string name, DateOnly day)
    {
        var key = (name, ChangesUntil(day));
        return _found.TryGetValue(key, out var known) ? known : _found.GetOrAdd(key, Search(name, day));
    }

    /// <summary>How many of <see cref="_changes"/> there were by that day.</summary>
    private int ChangesUntil(DateOnly day)
    {
        var change = Array.BinarySearch(_changes, day);
        return change < 0 ? ~change : change + 1;
    }

    private NameMatch Search(string name, DateOnly day)
    {
        var sought = new Sought(Spelling.Fold(WithoutBrackets(name)), IsHandle: name.AsSpan().TrimStart().StartsWith('@'));
        if (sought.Words.Length == 0)
        {
            return new NameMatch.Unknown(null);
        }

        foreach (var (fits, exact) in Steps)
        {
            var found = _people.Where(person => fits(person, sought)).ToList();
            if (found.Where(person => person.Member?.InOffice(day) is true).ToList() is { Count: > 0 } inOffice)
            {
                found = inOffice;
            }

            switch (found)
            {
                case [var person]:
                    return person.Match(exact);
                case [_, ..]:
                    return new NameMatch.Ambiguous([.. found.Select(person => person.Name)]);
            }
        }

        return new NameMatch.Unknown(Spelling.Nearest(name, _people.Select(person => person.Name)));
    }

    private static IReadOnlyList<(Func<Person, Sought, bool> Fits, bool Exact)> Steps { get; } =
    [
        ((person, sought) => person.Spellings.Contains(sought.Text), true),
        ((person, sought) => sought.IsHandle && sought.Text == person.Handle, true),
        ((person, sought) => sought.Words is [var word] && word == person.First, true),
        ((person, sought) => sought.Words is [_, _, ..] && person.StartsWith(sought.Text), true),
        ((person, sought) => sought.Words is [var word] && word == person.Last, true),
        ((person, sought) => sought.Words is [var word] && word == person.Initials, true),
        ((person, sought) => sought.Text == person.Handle, true),
        ((person, sought) => sought.Words is [var first, [var initial]] && IsOf(first, initial, person), true),
        ((person, sought) => sought.Words is [var first, .., var last] && IsOf(first, last, person), true),
        ((person, sought) => sought.Words is [{ Length: >= 3 } word] && IsShortFor(word, person.First), false),
        ((person, sought) => sought.Words is [var word] && IsSlipFor(word, person), false),
        ((person, sought) => sought.Words is [var first, .., var last] && IsSlipFor(first, last, person), false),
    ];

    /// <summary>The first and last words of a longer or turned-round form of the name: "Stringer, Joe".</summary>
    private static bool IsOf(string first, string last, Person person) =>
        (first == person.First && last == person.Last) || (first == person.Last && last == person.First);

    private static bool IsShortFor(string word, string first) =>
        word.Length < first.Length && first.StartsWith(word, StringComparison.Ordinal);

    private static bool IsOf(string first, char initial, Person person) =>
        first == person.First && person.Last.StartsWith(initial);

    private static bool IsSlipFor(string word, Person person) =>
        word.Length >= 5 && (Spelling.IsNear(word, person.First) || Spelling.IsNear(word, person.Last));

    /// <summary>A slip in the surname, or another form of the first name before it ("Dave" for "Daniel").</summary>
    private static bool IsSlipFor(string first, string last, Person person)
    {
        if (person.Last.Length == 0)
        {
            return false;
        }

        var firstIsRight = first == person.First || IsShortFor(first, person.First) || Spelling.IsNear(first, person.First);
        if (firstIsRight && (Spelling.IsNear(last, person.Last) || RunsOn(last, person.Last)))
        {
            return true;
        }

        return last == person.Last && first[0] == person.First[0];
    }

    /// <summary>A surname with something stuck to its end, or cut short.</summary>
    private static bool RunsOn(string word, string surname) =>
        Math.Min(word.Length, surname.Length) >= 4
        && (word.StartsWith(surname, StringComparison.Ordinal) || surname.StartsWith(word, StringComparison.Ordinal));

    /// <summary>"Scott (legal)" is Scott.</summary>
    private static string WithoutBrackets(string name) =>
        name.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket ? name[..bracket] : name;

    private static string Initials(string folded) =>
        string.Concat(folded.Split(' ').Where(word => word.Length > 0).Select(word => word[0]));

    private static IEnumerable<DateOnly> Changes(Term term) =>
        term.Until is { } last && last < DateOnly.MaxValue ? [term.From, last.AddDays(1)] : [term.From];

    private sealed record Sought(string Text, bool IsHandle)
    {
        public string[] Words { get; } = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Person
    {
        private Person(string name, IEnumerable<string> aliases)
        {
            Name = name;
            Spellings = [.. aliases.Append(name).Select(Spelling.Fold)];

            var words = Spelling.Fold(name).Split(' ');
            First = words[0];
            Last = words.Length > 1 ? words[^1] : "";
            Initials = Last.Length > 0 ? Roster.Initials(Spelling.Fold(name)) : "";
        }

        public string Name { get; }

        public Member? Member { get; private init; }

        public HashSet<string> Spellings { get; }

        public string First { get; }

        public string Last { get; }

        public string Initials { get; }

        /// <summary>The id, folded; empty for a guest, whom no name can fit by it.</summary>
        public string Handle { get; private init; } = "";

        private Guest? Guest { get; init; }

        /// <summary>For a first name of several words: "Mei-Lin", "Mary Ann".</summary>
        public bool StartsWith(string text) =>
            Spellings.Any(spelling => spelling.StartsWith($"{text} ", StringComparison.Ordinal));

        public static Person Of(Member member) =>
            new(member.Name, member.Aliases) { Member = member, Handle = Spelling.Fold(member.Id) };

        public static Person Of(Guest guest) => new(guest.Name, guest.Aliases) { Guest = guest };

        public NameMatch Match(bool exact) =>
            Member is null ? new NameMatch.OfGuest(Guest!, exact) : new NameMatch.OfMember(Member, exact);
    }
}
