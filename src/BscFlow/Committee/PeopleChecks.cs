using System.Globalization;

namespace BscFlow.Committee;

/// <summary>Checks whom a charter says the committee is made of.</summary>
internal sealed class PeopleChecks(CharterErrors errors)
{
    private readonly Dictionary<string, (string Name, string Path)> _spellings = [];
    private readonly Dictionary<string, string> _addresses = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Member> Members(IReadOnlyList<MemberFile?>? files)
    {
        if (files is not { Count: > 0 })
        {
            errors.Add("members", "is missing; a committee has at least one member");
            return [];
        }

        var members = files.Select((file, i) => Member(file ?? new MemberFile(), $"members[{i}]")).ToList();
        for (var i = 0; i < members.Count; i++)
        {
            if (members.FindIndex(member => member.Id == members[i].Id) < i && members[i].Id.Length > 0)
            {
                errors.Add($"members[{i}].id", $"is \"{members[i].Id}\", which another member has");
            }
        }

        return members;
    }

    public IReadOnlyList<Guest> Guests(IReadOnlyList<GuestFile?>? files) =>
        [.. (files ?? []).Select((file, i) => Guest(file ?? new GuestFile(), $"guests[{i}]"))];

    public IReadOnlyList<Proxy> Proxies(IReadOnlyList<ProxyFile?>? files, IReadOnlyList<Member> members) =>
        [.. (files ?? []).Select((file, i) => Proxy(file ?? new ProxyFile(), $"proxies[{i}]", members))];

    private Member Member(MemberFile file, string path)
    {
        var name = errors.Required(file.Name, $"{path}.name");
        return new Member
        {
            Id = errors.RequiredId(file.Id, $"{path}.id"),
            Name = name,
            Aliases = Spellings(name, file.Aliases, path),
            Addresses = Addresses(file.Addresses, name, $"{path}.addresses"),
            Affiliation = file.Affiliation,
            PlainText = file.PlainText ?? false,
            Terms = Terms(file.Terms, $"{path}.terms"),
        };
    }

    private Guest Guest(GuestFile file, string path)
    {
        var name = errors.Required(file.Name, $"{path}.name");
        return new Guest
        {
            Name = name,
            Aliases = Spellings(name, file.Aliases, path),
            Address = file.Address is null ? null : Address(file.Address, name, $"{path}.address"),
            Affiliation = file.Affiliation,
        };
    }

    /// <summary>A name or alias may mean one person only.</summary>
    private IReadOnlyList<string> Spellings(string name, IReadOnlyList<string?>? aliases, string path)
    {
        var person = (name, path);
        Claim(name, person, $"{path}.name");
        return
        [
            .. (aliases ?? []).Select((alias, i) =>
            {
                var spelling = errors.Required(alias, $"{path}.aliases[{i}]");
                Claim(spelling, person, $"{path}.aliases[{i}]");
                return spelling;
            }),
        ];
    }

    private void Claim(string spelling, (string Name, string Path) person, string path)
    {
        var folded = Spelling.Fold(spelling);
        if (folded.Length == 0)
        {
            errors.Add(path, spelling.Length == 0 ? "is missing" : $"is \"{spelling}\", which has no letters");
        }
        else if (!_spellings.TryAdd(folded, person) && _spellings[folded] is var (owner, ownerPath) && ownerPath != person.Path)
        {
            errors.Add(path, $"is \"{spelling}\", which already means {owner}");
        }
    }

    private IReadOnlyList<string> Addresses(IReadOnlyList<string?>? addresses, string owner, string path)
    {
        if (addresses is not { Count: > 0 })
        {
            errors.Add(path, "is missing; a member is written to and votes by mail");
            return [];
        }

        return [.. addresses.Select((address, i) => Address(address, owner, $"{path}[{i}]"))];
    }

    private string Address(string? written, string owner, string path)
    {
        var address = errors.RequiredAddress(written, path);
        if (address.Length > 0 && !_addresses.TryAdd(address, owner))
        {
            errors.Add(path, $"is {address}, which is already an address of {_addresses[address]}");
        }

        return address;
    }

    private List<Term> Terms(IReadOnlyList<TermFile?>? files, string path)
    {
        if (files is not { Count: > 0 })
        {
            errors.Add(path, "is missing; write one such as { \"from\": \"2025-01-01\" }");
            return [];
        }

        var terms = new List<Term>();
        foreach (var (file, i) in files.Select((file, i) => (file ?? new TermFile(), i)))
        {
            var (from, until) = Span(file.From, file.Until, $"{path}[{i}]");
            if (terms is [.., var before] && (before.Until is null || before.Until >= from))
            {
                errors.Add($"{path}[{i}].from", "must be after the end of the term before it");
            }

            terms.Add(new Term(from, until));
        }

        return terms;
    }

    private Proxy Proxy(ProxyFile file, string path, IReadOnlyList<Member> members)
    {
        var (from, until) = Span(file.From, file.Until, path);
        var proxy = new Proxy(MemberId(file.Member, $"{path}.member"), MemberId(file.By, $"{path}.by"), from, until);
        if (proxy.Member == proxy.By && proxy.By.Length > 0)
        {
            errors.Add($"{path}.by", "must be somebody else than the member");
        }

        return proxy;

        string MemberId(string? written, string field)
        {
            var id = errors.Required(written, field);
            if (id.Length > 0 && members.Count > 0 && members.All(member => member.Id != id))
            {
                var named = members.FirstOrDefault(member => Spelling.Fold(member.Name) == Spelling.Fold(id));
                var hint = named is null
                    ? CharterErrors.Hint(id, members.Select(member => member.Id))
                    : $"; theirs is {named.Id}";
                errors.Add(field, $"is \"{id}\", which is no member's id{hint}");
            }

            return id;
        }
    }

    private (DateOnly From, DateOnly? Until) Span(string? from, string? until, string path)
    {
        var first = errors.RequiredDate(from, $"{path}.from");
        DateOnly? last = until is null ? null : errors.RequiredDate(until, $"{path}.until");
        if (last < first)
        {
            errors.Add(
                $"{path}.until",
                string.Create(CultureInfo.InvariantCulture, $"is {last:yyyy-MM-dd}, before its first day, {first:yyyy-MM-dd}"));
        }

        return (first, last);
    }
}
