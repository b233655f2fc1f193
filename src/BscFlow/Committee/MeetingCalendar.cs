namespace BscFlow.Committee;

/// <summary>One meeting by the calendar.</summary>
/// <param name="Start">With the offset of the committee's zone at that moment.</param>
/// <param name="Cancelled">The charter says that this occurrence does not take place.</param>
public sealed record Occurrence(DateTimeOffset Start, TimeSpan Length, bool Special = false, bool Cancelled = false)
{
    public DateTimeOffset End => Start + Length;
}
