namespace BscFlow.Minutes;

/// <summary>Everyone whom a file lists as present or in the chair, by full name, first name, last name and handle.</summary>
internal sealed class KnownPeople
{
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public KnownPeople() => _bySpan = _names.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Add(string name)
    {
        if (!_names.Add(name))
        {
            return;
        }

        var span = name.AsSpan();
        var first = span.IndexOf(' ');
        if (first > 1)
        {
            _bySpan.Add(span[..first]);
            var last = span[(span.LastIndexOf(' ') + 1)..];
            if (last.Length > 2 && char.IsUpper(last[0]))
            {
                _bySpan.Add(last);
            }
        }
    }

    public bool Contains(ReadOnlySpan<char> name) => _bySpan.Contains(name);
}
