namespace BscFlow.Minutes;

/// <summary>Who was at one meeting, and who chaired it, gathered from the lists, lines and tables that name them.</summary>
internal sealed class MeetingPeople
{
    private const int LongestGroup = 40;

    private readonly List<NamedPerson> _chairs = [];
    private readonly List<(int At, NamedPerson Person)> _listedChairs = [];
    private readonly List<ListedName> _named = [];
    private List<NamedPerson> _participants = [];

    public IReadOnlyList<NamedPerson> Chairs => _chairs;

    public IReadOnlyList<NamedPerson> Participants => _participants;

    /// <summary>Takes the people that one entry names.</summary>
    /// <param name="field">The label under which it stands: chair, participants or guests.</param>
    /// <param name="listed">The label stands within the list of participants.</param>
    /// <param name="chairLabelled">The chair has a label of its own, so that "(chair)" beside a name is only a remark.</param>
    public void Take(Field field, bool listed, bool chairLabelled, OutlineEntry entry, ReadOnlySpan<char> text)
    {
        if (MinutesTable.TryRead(text, out var table))
        {
            TakeTable(field, chairLabelled, entry.Line, table);
            return;
        }

        var group = field is Field.Chair ? -1 : EndOfGroup(text);
        if (group > 0)
        {
            // "Voting: A, B" and "Acme: A, B" group people; a line that ends in its colon heads the list below it; "Ann Lee: @ann" is
            // one, "Maintainers: @org/team" nobody.
            var members = text[(group + 1)..].TrimStart("* ");
            text = !IsHandle(members) ? members : members.Contains('/') ? [] : text[..group];
            entry = entry with { Kind = OutlineKind.Paragraph };
        }

        if (entry.Box is CheckBox.Open || ActionMarker.IsLabel(text))
        {
            return;
        }

        var line = entry.Line;
        foreach (var range in text.Split('\n'))
        {
            var part = text[range];
            var box = CheckBoxes.Take(ref part);
            if (box is CheckBox.Open)
            {
                line++;
                continue;
            }

            foreach (var (name, affiliation, chairing, left) in Named(part, entry.Kind is OutlineKind.Item || box is CheckBox.Checked))
            {
                var person = new NamedPerson(name, line, affiliation, field is Field.Guests, left);
                if (field is Field.Chair || (chairing && !chairLabelled))
                {
                    _chairs.Add(person);
                }

                if (field is not Field.Chair)
                {
                    _participants.Add(person);
                }
                else if (listed)
                {
                    _listedChairs.Add((_participants.Count, person));
                }
            }

            line++;
        }
    }

    /// <summary>"Chair: Joe" among the participants names one of them, unless he is listed beside it as well.</summary>
    public void AddListedChairs()
    {
        if (_listedChairs.Count == 0)
        {
            return;
        }

        var listed = _participants.Select(person => person.Name).ToHashSet(StringComparer.Ordinal);
        var taken = 0;
        var all = new List<NamedPerson>(_participants.Count + _listedChairs.Count);
        foreach (var (at, person) in _listedChairs)
        {
            all.AddRange(_participants.Take(taken..at));
            taken = at;
            if (listed.Add(person.Name))
            {
                all.Add(person);
            }
        }

        all.AddRange(_participants.Skip(taken));
        _participants = all;
    }

    private void TakeTable(Field field, bool chairLabelled, int line, MinutesTable table)
    {
        var name = Math.Max(0, table.Column("name", "member", "attendee", "participant", "who", "person"));
        var organisation = table.Column("affiliation", "organi", "company", "employer", "representing");
        var present = table.Column("present", "attend", "here", "status");
        foreach (var row in table)
        {
            if (present == name || present < 0 || MinutesTable.IsTick(row[present]))
            {
                var affiliation = row[organisation].ToString();
                var at = line + row.Number;
                foreach (var (found, remark, chairing, left) in Named(row[name], bullet: true))
                {
                    var person = new NamedPerson(found, at, affiliation.Length > 0 ? affiliation : remark, field is Field.Guests, left);
                    _participants.Add(person);
                    if (chairing && !chairLabelled)
                    {
                        _chairs.Add(person);
                    }
                }
            }
        }
    }

    /// <summary>Where the colon of a group stands, or -1; that in "Ann Lee (left at 15:40)" makes no group.</summary>
    private static int EndOfGroup(ReadOnlySpan<char> text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length && i < LongestGroup; i++)
        {
            depth += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (text[i] == ':' && depth <= 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The people of one line, until the next is asked for.</summary>
    private List<ListedName> Named(ReadOnlySpan<char> text, bool bullet)
    {
        _named.Clear();
        NameList.Read(text, bullet, _named);
        return _named;
    }

    private static bool IsHandle(ReadOnlySpan<char> text) => text is ['@', _, ..] && !text.ContainsAny(" ,;");
}
