using NodaTime;

namespace BscFlow.Committee;

/// <summary>Turns a charter as it is written into one that can be relied on, and reports all that stands in the way.</summary>
/// <remarks>
/// What it returns is of use only if there were no errors: a field that is wrong has some value, so that the rest is checked.
/// </remarks>
internal sealed class CharterChecks(CharterErrors errors)
{
    /// <summary>
    /// First parts of routes that are no committee's, and what stands in a committee's place below <c>/desk</c>.
    /// </summary>
    private static readonly HashSet<string> Reserved =
    [
        "api", "clock", "desk", "enter", "graph", "healthz", "leave", "mailboxes",
        "my", "notifications", "propose", "readyz", "vote",
        "write",

        // The Functions host keeps these to itself: such a committee would have no page in Azure.
        "admin", "runtime",
    ];

    private readonly MeetingChecks _meetings = new(errors);
    private readonly RuleChecks _rules = new(errors);
    private readonly ElectionChecks _elections = new(errors, new RuleChecks(errors));
    private readonly PeopleChecks _people = new(errors);

    public Charter Check(CharterFile file)
    {
        var zone = Zone(file.TimeZone);
        var members = _people.Members(file.Members);
        var guests = _people.Guests(file.Guests);
        var secretaries = Secretaries(file.Secretaries);
        return new Charter
        {
            Id = Id(file.Id),
            Name = errors.Required(file.Name, "name"),
            TimeZone = file.TimeZone ?? "",
            Mailbox = Mailbox(file, members, guests, secretaries),
            List = List(file),
            Secretaries = secretaries,
            Meetings = _meetings.Rules(file.Meetings, zone),
            LeadTimes = _meetings.LeadTimes(file.LeadTimes),
            Chair = Chair(file.Chair, members),
            Quorum = _rules.Quorum(file.Quorum),
            Rules = _rules.Rules(file.Rules),
            Motions = _rules.Motions(file.Motions),
            Elections = _elections.Rules(file.Elections),
            Members = members,
            Proxies = _people.Proxies(file.Proxies, members),
            Guests = guests,
        };
    }

    private string Id(string? written)
    {
        var id = errors.RequiredId(written, "id");
        if (Reserved.Contains(id))
        {
            errors.Add("id", $"is \"{id}\", a route of every deployment; choose another");
        }

        return id;
    }

    private DateTimeZone? Zone(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            errors.Add("timeZone", "is missing; name an IANA zone such as Europe/Berlin");
            return null;
        }

        // The system must know it too: dates are shown by TimeZoneInfo.
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _))
        {
            return zone;
        }

        var hint = CharterErrors.Hint(name, DateTimeZoneProviders.Tzdb.Ids);
        errors.Add("timeZone", $"is \"{name}\", which is no IANA time zone{hint}");
        return null;
    }

    private string Mailbox(
        CharterFile file, IReadOnlyList<Member> members, IReadOnlyList<Guest> guests, IReadOnlyList<string> secretaries)
    {
        var mailbox = errors.RequiredAddress(file.Mailbox, "mailbox");
        bool IsIt(string? address) => string.Equals(address, mailbox, StringComparison.OrdinalIgnoreCase);
        var whose = members.FirstOrDefault(member => member.Addresses.Any(IsIt))?.Name
            ?? guests.FirstOrDefault(guest => IsIt(guest.Address))?.Name
            ?? (secretaries.Any(IsIt) ? "a secretary" : null);
        if (whose is not null)
        {
            errors.Add("mailbox", $"is also an address of {whose}; the committee would write to itself");
        }

        return mailbox;
    }

    private string? List(CharterFile file)
    {
        if (file.List is null)
        {
            return null;
        }

        if (string.Equals(file.List, file.Mailbox, StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("list", "is the same as mailbox; the committee would write to itself");
        }

        return errors.RequiredAddress(file.List, "list");
    }

    private List<string> Secretaries(IReadOnlyList<string?>? secretaries)
    {
        if (secretaries is not { Count: > 0 })
        {
            errors.Add("secretaries", "is missing; somebody must hear of what needs a person");
            return [];
        }

        List<string> kept = [];
        foreach (var (written, i) in secretaries.Select((written, i) => (written, i)))
        {
            var address = errors.RequiredAddress(written, $"secretaries[{i}]");
            if (kept.Contains(address, StringComparer.OrdinalIgnoreCase))
            {
                errors.Add($"secretaries[{i}]", $"lists {address} a second time");
            }

            kept.Add(address);
        }

        return kept;
    }

    private ChairRules Chair(ChairFile? chair, IReadOnlyList<Member> members)
    {
        if (chair is null)
        {
            return new ChairRules();
        }

        if (chair.Fixed is { } standing && members.All(member => member.Id != standing))
        {
            var hint = CharterErrors.Hint(standing, members.Select(member => member.Id));
            errors.Add("chair.fixed", $"is \"{standing}\", which is no member's id{hint}");
        }

        var rotates = chair.Rotates ?? chair.Fixed is null;
        if (rotates == chair.Fixed is not null)
        {
            errors.Add("chair", "must either rotate or have a fixed member");
        }

        return new ChairRules { Rotates = rotates, Fixed = chair.Fixed };
    }
}
