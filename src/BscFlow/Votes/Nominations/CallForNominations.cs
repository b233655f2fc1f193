using BscFlow.Committee;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Nominations;

/// <summary>Calls the voters to nominate: their tokens are on record before the first mail can be answered.</summary>
public sealed class CallForNominations(
    NominationStore nominations, TokenStore tokens, NominationMail mail, NominationEvents events)
{
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await nominations.FindAsync(charter.Id, id, cancellationToken) is not { Called: false, Outcome: null } call)
        {
            return;
        }

        await tokens.AddNominationsAsync(
            call.Committee, call.Id, call.Electorate.Asked.Select(elector => elector.Id), cancellationToken);
        await mail.CallAsync(
            charter,
            call,
            call.Electorate.Asked.Select(elector => call.Electorate.Voter(charter, elector.Id)).OfType<Member>(),
            cancellationToken);
        await events.OpenedAsync(call, cancellationToken);
        await nominations.TryUpdateAsync(call with { Called = true }, cancellationToken);
    }
}
