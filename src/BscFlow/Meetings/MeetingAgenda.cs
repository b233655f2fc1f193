using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Minutes;

namespace BscFlow.Meetings;

/// <summary>What a meeting has before it.</summary>
public sealed record Agenda
{
    /// <summary>What people sent in, oldest first.</summary>
    public required IReadOnlyList<AgendaItem> Items { get; init; }

    /// <summary>What the meeting before left for this one.</summary>
    public required IReadOnlyList<string> LeftOver { get; init; }

    /// <summary>Open action items, oldest first.</summary>
    public required IReadOnlyList<ActionItem> OpenActions { get; init; }

    /// <summary>As <see cref="Meetings.OpenVotes"/> says.</summary>
    public required IReadOnlyList<OpenVote> OpenVotes { get; init; }
}

/// <summary>Gathers the agenda of a meeting.</summary>
public sealed class MeetingAgenda(
    MeetingStore meetings, AgendaStore agenda, ActionStore actions, MinutesStore minutes, OpenVotes openVotes)
{
    /// <summary>The agenda as it stands, with everything that waited for a meeting now on this one's.</summary>
    public async Task<Agenda> TakeAsync(Charter charter, Meeting meeting, CancellationToken cancellationToken) => new()
    {
        Items = await agenda.TakeAsync(charter.Id, meeting.Start, cancellationToken),
        LeftOver = await LeftOverAsync(charter, meeting, cancellationToken),
        OpenActions = await actions.OpenAsync(charter.Id, cancellationToken),
        OpenVotes = await openVotes(charter, cancellationToken),
    };

    private async Task<IReadOnlyList<string>> LeftOverAsync(
        Charter charter, Meeting meeting, CancellationToken cancellationToken)
    {
        var before = await meetings.LastBeforeAsync(
            charter.Id, meeting.Start, other => other.State != MeetingState.Cancelled, cancellationToken);
        var stored = before is null
            ? null
            : await minutes.FindAsync(charter.Id, charter.DayOf(before).Year, before.Row, cancellationToken);
        return stored is null ? [] : LeftOver.Find(stored.Text);
    }
}
