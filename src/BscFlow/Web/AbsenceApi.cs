using BscFlow.Committee;
using BscFlow.Meetings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BscFlow.Web;

/// <summary>When members are away, for programs.</summary>
internal static class AbsenceApi
{
    /// <summary>Those that are not over.</summary>
    public static async Task<Ok<IReadOnlyList<Absence>>> ListAsync(
        InForce inForce, AbsenceStore absences, TimeProvider clock, CancellationToken cancellationToken) =>
        TypedResults.Ok(await absences.SinceAsync(inForce.Id, inForce.Charter.DayOf(clock.GetUtcNow()), cancellationToken));

    public static async Task<IResult> PutAsync(
        InForce inForce,
        string member,
        string from,
        AbsenceRequest request,
        Actor who,
        AnnounceAbsence announce,
        CancellationToken cancellationToken)
    {
        if (!CharterValues.TryDate(from, out var first))
        {
            return Invalid.Field("from", "Give the first day as 2025-12-20.");
        }

        if (!CharterValues.TryDate(request.Until ?? from, out var last))
        {
            return Invalid.Field("until", "Give the last day as 2026-01-06.");
        }

        if (!string.IsNullOrEmpty(request.Note) && !TypedText.TryReadLine(request.Note, out _))
        {
            return Invalid.Field("note", "A note is one line.");
        }

        var absence = new Absence(member, first, last, string.IsNullOrWhiteSpace(request.Note) ? null : request.Note.Trim());
        return await announce.RunAsync(inForce.Charter, absence, who.Name, cancellationToken) switch
        {
            AbsenceOutcome.Announced announced => TypedResults.Ok(new AnnouncedView(
                announced.Absence,
                [.. announced.Chairs.Select(meeting => new ChairView(meeting.Row, meeting.Chair))])),
            AbsenceOutcome.Refused refused => Invalid.Field(refused.Field, refused.Reason),
            _ => throw new InvalidOperationException("An absence is announced or refused."),
        };
    }

    public static async Task<IResult> DeleteAsync(
        InForce inForce,
        string member,
        string from,
        Actor who,
        WithdrawAbsence withdraw,
        CancellationToken cancellationToken) =>
        CharterValues.TryDate(from, out var first)
            && await withdraw.RunAsync(inForce.Charter, member, first, who.Name, cancellationToken)
            ? TypedResults.NoContent()
            : TypedResults.NotFound();
}
