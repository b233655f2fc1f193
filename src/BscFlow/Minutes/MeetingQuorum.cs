using BscFlow.Committee;

namespace BscFlow.Minutes;

/// <summary>Whether a meeting could decide, by what its minutes say and by whom they list.</summary>
/// <param name="Counted">The members whom the minutes name as participants or chairs.</param>
/// <param name="IsListed">Whether the minutes list participants at all.</param>
/// <param name="Said">What the minutes say of it themselves, first.</param>
/// <param name="LossLine">The line that says that there was a quorum no more.</param>
public sealed record MeetingQuorum(Quorum Counted, bool IsListed, QuorumStatement? Said, int? LossLine)
{
    /// <param name="roster">Of the same charter.</param>
    /// <param name="day">Of the meeting.</param>
    public static MeetingQuorum Of(MeetingMinutes minutes, Charter charter, Roster roster, DateOnly day) => Of(
        minutes, Quorum.Of(charter, roster, day, minutes.Participants.Concat(minutes.Chairs).Select(person => person.Name)));

    /// <param name="counted">Of these minutes.</param>
    public static MeetingQuorum Of(MeetingMinutes minutes, Quorum counted) =>
        new(counted, minutes.Participants.Count > 0, minutes.Quorum, minutes.QuorumLostLine);

    /// <summary>Nobody is listed, nobody was in office, or names that two people could bear make the difference.</summary>
    public bool IsUnclear =>
        !IsListed || Counted.InOffice == 0 || (!Counted.IsReached && Counted.Present.Count + Counted.Unclear.Count >= Counted.Needed);

    /// <summary>There was a quorum, and then some left: the line of the minutes that says so; null otherwise.</summary>
    public int? LostAt => Said switch
    {
        { Present: true } => LossLine,
        { } said when !QuorumLoss.Says(said) => null,
        _ => Counted.IsReached || IsUnclear ? LossLine : null,
    };

    /// <summary>The minutes say so, or say nothing and list too few.</summary>
    public bool IsMissed => LostAt is null
        && (Said is { Present: false } || (Said is null && !IsUnclear && !Counted.IsReached));

    /// <summary>Whether there was a quorum for a decision of the meeting.</summary>
    public bool Binds(MinutedDecision decision) => !IsMissed && !(LostAt < decision.Line);
}
