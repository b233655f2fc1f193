using System.Text.Json.Serialization;

namespace BscFlow.Committee;

/// <summary><c>charter.json</c> as it is written: everything is text, and everything may be missing.</summary>
/// <remarks>The one place that names the fields; <c>charter.schema.json</c> tells them to editors, and a test compares.</remarks>
internal sealed record CharterFile
{
    /// <summary>For editors; not read.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? TimeZone { get; init; }

    public string? Mailbox { get; init; }

    public string? List { get; init; }

    public IReadOnlyList<string?>? Secretaries { get; init; }

    public MeetingsFile? Meetings { get; init; }

    public LeadTimesFile? LeadTimes { get; init; }

    public ChairFile? Chair { get; init; }

    public ThresholdFile? Quorum { get; init; }

    public IReadOnlyDictionary<string, RuleFile?>? Rules { get; init; }

    public MotionsFile? Motions { get; init; }

    public ElectionsFile? Elections { get; init; }

    public IReadOnlyList<MemberFile?>? Members { get; init; }

    public IReadOnlyList<ProxyFile?>? Proxies { get; init; }

    public IReadOnlyList<GuestFile?>? Guests { get; init; }
}

internal sealed record MeetingsFile
{
    public string? Rule { get; init; }

    public string? Start { get; init; }

    public string? Length { get; init; }

    public IReadOnlyList<string?>? Cancelled { get; init; }

    public IReadOnlyList<string?>? Special { get; init; }

    public bool? CancelledKeepsNumber { get; init; }

    public string? Place { get; init; }

    public IReadOnlyList<EarlierFile?>? Earlier { get; init; }
}

internal sealed record EarlierFile
{
    public string? Rule { get; init; }

    public string? Start { get; init; }
}

internal sealed record LeadTimesFile
{
    public string? Draft { get; init; }

    public string? Reminder { get; init; }

    public string? Minutes { get; init; }

    public string? Objections { get; init; }
}

internal sealed record ChairFile
{
    public bool? Rotates { get; init; }

    public string? Fixed { get; init; }
}

internal sealed record ThresholdFile
{
    public string? Needs { get; init; }

    public string? Of { get; init; }
}

/// <summary>In full (<c>inMeeting</c>, <c>byMail</c>), or in short (<c>needs</c>, <c>of</c>) where both are the same.</summary>
internal sealed record RuleFile
{
    public string? Needs { get; init; }

    public string? Of { get; init; }

    public ThresholdFile? InMeeting { get; init; }

    public ThresholdFile? ByMail { get; init; }

    public string? RatifiedBy { get; init; }
}

internal sealed record MotionsFile
{
    public string? Open { get; init; }

    public string? Minimum { get; init; }

    public bool? CloseEarly { get; init; }
}

internal sealed record ElectionsFile
{
    public string? TieBreak { get; init; }

    public ThresholdFile? Quorum { get; init; }

    public string? Floor { get; init; }

    public IReadOnlyList<CapFile?>? Caps { get; init; }
}

internal sealed record CapFile
{
    public string? Affiliation { get; init; }

    public int? Seats { get; init; }
}

internal sealed record MemberFile
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string?>? Aliases { get; init; }

    public IReadOnlyList<string?>? Addresses { get; init; }

    public string? Affiliation { get; init; }

    public bool? PlainText { get; init; }

    public IReadOnlyList<TermFile?>? Terms { get; init; }
}

internal sealed record TermFile
{
    public string? From { get; init; }

    public string? Until { get; init; }
}

internal sealed record ProxyFile
{
    public string? Member { get; init; }

    public string? By { get; init; }

    public string? From { get; init; }

    public string? Until { get; init; }
}

internal sealed record GuestFile
{
    public string? Name { get; init; }

    public IReadOnlyList<string?>? Aliases { get; init; }

    public string? Address { get; init; }

    public string? Affiliation { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(CharterFile))]
internal sealed partial class CharterJson : JsonSerializerContext;
