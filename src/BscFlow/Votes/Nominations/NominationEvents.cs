using System.Globalization;
using BscFlow.Storage;

namespace BscFlow.Votes.Nominations;

/// <summary>What stands in the audit log of a call for nominations; each event once, however often it is written.</summary>
public sealed class NominationEvents(AuditLog audit)
{
    public Task OpenedAsync(NominationCall call, CancellationToken cancellationToken) => audit.AppendOnceAsync(
        call.Committee,
        "nominations-opened",
        call.Id,
        call.By,
        string.Create(CultureInfo.InvariantCulture, $"until {call.NominateUntil:u}"),
        cancellationToken);

    public Task NominatedAsync(
        NominationCall call, string nominee, string voter, string name, CancellationToken cancellationToken) =>
        audit.AppendOnceAsync(call.Committee, "nominated", $"{call.Id}|{nominee}|{voter}", voter, name, cancellationToken);

    public Task AnsweredAsync(
        NominationCall call,
        Nominee nominee,
        NomineeAnswer answer,
        DateTimeOffset received,
        CancellationToken cancellationToken) =>
        audit.AppendOnceAsync(
            call.Committee,
            "nominee-answered",
            string.Create(CultureInfo.InvariantCulture, $"{call.Id}|{nominee.Key}|{received.UtcTicks}"),
            nominee.Name,
            answer.ToString(),
            cancellationToken);

    /// <param name="outcome">In words.</param>
    public Task EndedAsync(NominationCall call, string outcome, string who, CancellationToken cancellationToken) =>
        audit.AppendOnceAsync(call.Committee, "nominations-ended", call.Id, who, outcome, cancellationToken);
}
