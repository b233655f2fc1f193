using BscFlow.Votes.Nominations;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>Nominations as the programming interface gives them.</summary>
/// <param name="Outcome">What came of them, in words; null while they go on.</param>
public sealed record NominationView(
    string Id,
    string Title,
    DateTimeOffset NominateUntil,
    DateTimeOffset AnswerUntil,
    string? Outcome,
    IReadOnlyList<NomineeView> Nominees)
{
    public static NominationView Of(NominationCall call, IReadOnlyList<Nominee> nominees) => new(
        call.Id,
        call.Draft.Title,
        call.NominateUntil,
        call.AnswerUntil,
        call.Outcome,
        [.. nominees.Select(nominee => new NomineeView(
            nominee.Name, nominee.Address, nominee.Affiliation, nominee.By, nominee.Answer))]);
}

/// <summary>A nominee as the programming interface gives them.</summary>
/// <param name="By">Ids of those who nominated.</param>
public sealed record NomineeView(string Name, string Address, string? Affiliation, IReadOnlyList<string> By, NomineeAnswer Answer);

/// <summary>Nominations, for programs.</summary>
internal static class NominationApi
{
    public static async Task<IResult> AskAsync(
        InForce inForce, Actor who, NominationInput request, OpenNominations open, TimeProvider time, CancellationToken cancellationToken)
    {
        var (id, errors) = await request.OpenAsync(
            inForce.Charter, who.Name, open, time.GetUtcNow(), new Dictionary<string, string[]>(), cancellationToken);
        return id is not null
            ? TypedResults.Created($"/api/{inForce.Id}/nominations/{id}")
            : TypedResults.ValidationProblem(errors);
    }

    public static async Task<IResult> ReadAsync(
        InForce inForce, string motion, NominationStore nominations, CancellationToken cancellationToken) =>
        await nominations.FindAsync(inForce.Id, motion, cancellationToken) is { } call
            ? TypedResults.Ok(NominationView.Of(call, await nominations.NomineesAsync(inForce.Id, motion, cancellationToken)))
            : TypedResults.NotFound();
}
