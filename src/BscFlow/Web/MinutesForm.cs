using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Workflow;

namespace BscFlow.Web;

/// <summary>What a form with minutes brought.</summary>
/// <param name="Typed">The text, kept for the form when it could not be saved.</param>
/// <param name="Problem">Why it was not saved; null when it was.</param>
internal sealed record SavedForm(string Typed, string? Problem);

/// <summary>Takes minutes from a form: the desk's, and the one behind the link that a chair gets.</summary>
internal static class MinutesForm
{
    public static async Task<SavedForm> SaveAsync(
        Charter charter,
        string row,
        string? text,
        string? version,
        string who,
        SaveMinutes save,
        Clock clock,
        CancellationToken cancellationToken)
    {
        // A browser sends CRLF, whatever the text had.
        var typed = (text ?? "").ReplaceLineEndings("\n");
        switch (await save.RunAsync(charter, row, typed, new(version ?? ""), who, cancellationToken))
        {
            case SaveMinutesOutcome.Saved:
                await clock.TickAsync(charter.Id, cancellationToken);
                return new(typed, null);
            case SaveMinutesOutcome.LostRace lost:
                return new(
                    typed,
                    $"Somebody saved since you opened this page. Your text stands below and is kept as {lost.KeptAs}; "
                        + "saving again replaces theirs.");
            case SaveMinutesOutcome.Refused refused:
                return new(typed, $"Line {refused.Line}: {refused.Reason}");
            default:
                return new(typed, "There is no such meeting any more.");
        }
    }
}
