namespace BscFlow.Committee;

/// <summary>What was found wrong with a charter so far. Of a field only the first error is kept; others follow from it.</summary>
internal sealed class CharterErrors
{
    private readonly List<CharterError> _errors = [];
    private readonly HashSet<string> _fields = [];
    private readonly List<string> _unusable = [];

    public IReadOnlyList<CharterError> All => _errors;

    /// <summary>For a value of a wrong kind: what it should hold is not missed.</summary>
    public void AddUnusable(string field, string message)
    {
        Add(field, message);
        _unusable.Add(field);
    }

    public void Add(string field, string message)
    {
        if (!_unusable.Exists(above => IsPartOf(field, above)) && _fields.Add(field))
        {
            _errors.Add(new CharterError(field, message));
        }
    }

    public string Required(string? text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            Add(field, "is missing");
        }

        return text?.Trim() ?? "";
    }

    public string RequiredId(string? text, string field)
    {
        var id = Required(text, field);
        if (id.Length > 0 && !CharterValues.IsId(id))
        {
            Add(field, $"is \"{id}\"; an id is at most 40 lower-case letters, digits and single hyphens");
        }

        return id;
    }

    public string RequiredAddress(string? text, string field)
    {
        var address = Required(text, field);
        if (address.Length > 0 && !CharterValues.IsAddress(address))
        {
            Add(field, $"is \"{address}\", which is no mail address");
        }

        return address;
    }

    public DateOnly RequiredDate(string? text, string field)
    {
        DateOnly date = default;
        var written = Required(text, field);
        if (written.Length > 0 && !CharterValues.TryDate(written, out date))
        {
            Add(field, $"is \"{written}\"; write a date such as 2025-01-31");
        }

        return date;
    }

    public DateTime RequiredTime(string? text, string field)
    {
        DateTime time = default;
        var written = Required(text, field);
        if (written.Length > 0 && !CharterValues.TryTime(written, out time))
        {
            Add(field, $"is \"{written}\"; write the time in the committee's zone, without an offset, such as 2025-01-31T09:00");
        }

        return time;
    }

    /// <param name="otherwise">What holds where nothing is written, or nothing that can be read.</param>
    public TimeSpan Duration(string? text, string field, TimeSpan otherwise)
    {
        if (text is null)
        {
            return otherwise;
        }

        if (!CharterValues.TryDuration(text, out var duration))
        {
            Add(field, $"is \"{text}\"; write a duration such as P7D, PT1H or PT90M");
            return otherwise;
        }

        return duration;
    }

    public static string Hint(string written, IEnumerable<string> known) =>
        Spelling.Nearest(written, known) is { } meant ? $"; did you mean {meant}?" : "";

    private static bool IsPartOf(string field, string above) =>
        field.Length > above.Length && field.StartsWith(above, StringComparison.Ordinal) && field[above.Length] is '.' or '[';
}
