using System.Globalization;
using Azure;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Workflow;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>What the page on which minutes are written shows.</summary>
public sealed record EditorView
{
    public required Charter Charter { get; init; }

    public required Meeting Meeting { get; init; }

    public required string Text { get; init; }

    /// <summary>What the text was made of, for the merge with what others save.</summary>
    public required string Original { get; init; }

    /// <summary>Of <see cref="Original"/>; empty when nothing is stored.</summary>
    public required string Version { get; init; }

    public required MinutesReading Reading { get; init; }

    /// <summary>What became of the last request, as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the message is about something that the writer has to put right.</summary>
    public bool IsProblem { get; init; }

    /// <summary>Line of the text that the message is about.</summary>
    public int? Line { get; init; }

    /// <summary>The minutes were handed over; nothing is left to do on this page.</summary>
    public bool IsFinished { get; init; }

    /// <summary>Whether the text is saved as one types: until the members have it.</summary>
    public bool SavesByItself => Meeting.State is MeetingState.Ahead && Version.Length > 0;

    /// <summary>The presence of each as the boxes are drawn: what a person ticks is what differs from it.</summary>
    public string Was => string.Join(' ', Reading.Attendance.Select(person => $"{person.Key}={person.Presence}"));
}

/// <summary>Takes what the page sends on which minutes are written: on the desk, and behind the link that a chair gets.</summary>
/// <remarks>
/// There is one request: the form. Its button says what for, a script sends it while one types and shows the same answer in
/// place, and without a script it is a form like any other.
/// </remarks>
internal static class MinutesEditor
{
    /// <summary>Name of the buttons.</summary>
    public const string Do = "do";

    /// <summary>Save, and go on writing.</summary>
    public const string Draft = "draft";

    /// <summary>Show what is understood; save nothing.</summary>
    public const string Look = "look";

    public static EditorView Open(Charter charter, Meeting meeting, StoredMinutes? stored) => new()
    {
        Charter = charter,
        Meeting = meeting,
        Text = stored?.Text ?? "",
        Original = stored?.Text ?? "",
        Version = stored?.ETag.ToString() ?? "",
        Reading = MinutesReading.Of(charter, meeting, stored?.Text ?? ""),
    };

    /// <summary>What happens with minutes that were just finished, a sentence or two.</summary>
    public static string Finished(Charter charter, Meeting meeting) => meeting switch
    {
        { State: MeetingState.Published } => "Published. The public page has the correction.",
        { ObjectionsUntil: { } until } => string.Create(
            CultureInfo.InvariantCulture, $"Saved. The members have the minutes until {charter.DayOf(until):d MMMM yyyy} to object."),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"Finished. The members get the minutes now, and have {charter.LeadTimes.Objections.TotalDays:0.#} days to object."),
    };

    public static async Task<EditorView> PostAsync(
        Charter charter,
        Meeting meeting,
        IFormCollection form,
        string who,
        EditMinutes edit,
        LookSoon look,
        CancellationToken cancellationToken)
    {
        // A browser sends CRLF, whatever the text had.
        var typed = TextLines.WithEnds(form["text"].ToString(), "\n");
        var original = TextLines.WithEnds(form["original"].ToString(), "\n");
        var (text, unwritten) = MinutesReading.Attend(charter, meeting, typed, ReadChair(form), ReadWas(form), ReadBoxes(form));
        var view = new EditorView
        {
            Charter = charter,
            Meeting = meeting,
            Text = text,
            Original = original,
            Version = form["version"].ToString(),
            Reading = MinutesReading.Of(charter, meeting, text),
        };
        var wanted = form[Do].ToString();
        if (wanted == Look || (wanted == Draft && !view.SavesByItself) || (wanted != Draft && unwritten.Count > 0))
        {
            return WithUnwritten(view with { Message = "Not saved yet." }, unwritten);
        }

        var outcome = await edit.RunAsync(
            charter, meeting.Row, new MinutesEdit(text, original, new ETag(view.Version), Finished: wanted != Draft), who, cancellationToken);
        if (outcome is EditOutcome.Saved && wanted != Draft)
        {
            await look.RunAsync(charter.Id);
        }

        return WithUnwritten(After(outcome, view, charter, meeting, wanted), unwritten);
    }

    private static EditorView After(EditOutcome outcome, EditorView view, Charter charter, Meeting meeting, string wanted) =>
        outcome switch
        {
            EditOutcome.Saved saved => view with
            {
                Text = saved.Text,
                Original = saved.Text,
                Version = saved.ETag.ToString(),
                Reading = saved.Merged ? MinutesReading.Of(charter, meeting, saved.Text) : view.Reading,
                Message = saved.Merged ? "Saved, together with what somebody else wrote." : "Saved.",
                IsFinished = wanted != Draft,
            },
            EditOutcome.Conflict conflict => view with
            {
                Text = conflict.Text,
                Original = conflict.Theirs,
                Version = conflict.Current.ToString(),
                Message = "Somebody else changed the same words. Both versions stand in the text; choose what stays.",
                IsProblem = true,
                Line = conflict.Line,
            },
            EditOutcome.Refused refused => view with { Message = $"Not saved. {refused.Reason}", IsProblem = true, Line = refused.Line },
            _ => view with { Message = "There is no such meeting any more.", IsProblem = true },
        };

    private static EditorView WithUnwritten(EditorView view, IReadOnlyList<string> names) => names.Count == 0 ? view : view with
    {
        Message = $"{view.Message} The text has no place where {string.Join(" and ", names)} could be put right; "
            + "write it there.",
        IsProblem = true,
    };

    /// <summary>Null where it stands as it was drawn: then what the text says holds, which may have been typed since.</summary>
    private static string? ReadChair(IFormCollection form) =>
        form.TryGetValue("chair", out var chair) && chair.ToString() != form["chair.was"].ToString() ? chair.ToString() : null;

    private static Dictionary<string, Presence> ReadWas(IFormCollection form)
    {
        var was = new Dictionary<string, Presence>();
        foreach (var person in form["was"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (person.Split('=') is [var key, var presence] && Enum.TryParse<Presence>(presence, out var parsed))
            {
                was[key] = parsed;
            }
        }

        return was;
    }

    /// <summary>Who left was there.</summary>
    private static Dictionary<string, Presence> ReadBoxes(IFormCollection form)
    {
        var left = form["left"].ToHashSet();
        var present = form["present"].ToHashSet();
        return ReadWas(form).Keys.ToDictionary(
            key => key,
            key => left.Contains(key) ? Presence.Left : present.Contains(key) ? Presence.Present : Presence.Absent);
    }
}
