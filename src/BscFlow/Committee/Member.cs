namespace BscFlow.Committee;

/// <summary>A time in office; both days are included. No end: still in office.</summary>
public sealed record Term(DateOnly From, DateOnly? Until = null)
{
    public bool Includes(DateOnly day) => From <= day && (Until is null || day <= Until);
}

/// <summary>Someone with a vote, in office during the dated terms.</summary>
public sealed record Member
{
    /// <summary>Unique in the committee: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The first is written to; a mail from any of them is the member's.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Other spellings met in minutes.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Affiliation { get; init; }

    public required IReadOnlyList<Term> Terms { get; init; }

    /// <summary>Whether this person wants mail as plain text.</summary>
    public bool PlainText { get; init; }

    /// <remarks>Asked of everybody for each meeting of an archive.</remarks>
    public bool InOffice(DateOnly day)
    {
        for (var i = 0; i < Terms.Count; i++)
        {
            if (Terms[i].Includes(day))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Someone who takes part without a vote.</summary>
public sealed record Guest
{
    public required string Name { get; init; }

    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Where given, this guest gets the meeting mails too.</summary>
    public string? Address { get; init; }

    public string? Affiliation { get; init; }
}
