using BscFlow.Committee;
using BscFlow.Votes.Mails;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Nominations;

/// <summary>
/// Calls the voters to nominate: their tokens are on record before the first mail can be answered. How far it has come is noted,
/// and after a kill it goes on there.
/// </summary>
public sealed class CallForNominations(
    NominationStore nominations, TokenStore tokens, NominationMail mail, NominationEvents events)
{
    public async Task RunAsync(Charter charter, string id, CancellationToken cancellationToken)
    {
        if (await nominations.FindAsync(charter.Id, id, cancellationToken) is { Called: false, Outcome: null } call
            && await BeginAsync(call, cancellationToken) is { } begun
            && await CallAsync(charter, begun, cancellationToken) is { } called)
        {
            await events.OpenedAsync(called, cancellationToken);
            await nominations.TryUpdateAsync(called with { Called = true }, cancellationToken);
        }
    }

    /// <returns>As it is stored; null when its row changed meanwhile, and the step is due again.</returns>
    private async Task<NominationCall?> BeginAsync(NominationCall call, CancellationToken cancellationToken)
    {
        if (call.HasTokens)
        {
            return call;
        }

        await tokens.AddNominationsAsync(
            call.Committee, call.Id, call.Electorate.Asked.Select(elector => elector.Id), cancellationToken);
        return await nominations.TryUpdateAsync(call with { HasTokens = true }, cancellationToken);
    }

    /// <inheritdoc cref="BeginAsync"/>
    private async Task<NominationCall?> CallAsync(Charter charter, NominationCall call, CancellationToken cancellationToken)
    {
        NominationCall? stored = call;
        foreach (var some in ElectorateParts.After(call.Electorate.Asked, call.CalledTo))
        {
            await mail.CallAsync(
                charter,
                call,
                some.Select(elector => call.Electorate.Voter(charter, elector.Id)).OfType<Member>(),
                cancellationToken);
            stored = some.Length < ElectorateParts.Voters
                ? stored
                : await nominations.TryUpdateAsync(stored with { CalledTo = some[^1].Id }, cancellationToken);
            if (stored is null)
            {
                break;
            }
        }

        return stored;
    }
}
