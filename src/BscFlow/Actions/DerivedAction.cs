using System.Diagnostics.CodeAnalysis;

namespace BscFlow.Actions;

/// <summary>What follows from where the minutes speak of a task, and from what people changed beside them: all else of its item.</summary>
internal static class DerivedAction
{
    /// <param name="mentions">At least one, in the order of meetings and lines.</param>
    /// <param name="edits">In their order.</param>
    public static ActionItem Of(
        string id, IReadOnlyList<ActionMention> mentions, IReadOnlyList<ActionEdit> edits, ActionWordings wordings)
    {
        var first = mentions[0];
        var (state, closed) = StateOf(mentions, edits);
        return new ActionItem
        {
            Id = id,
            Owners = OwnersOf(mentions, edits),
            Text = mentions.Aggregate((stated, mention) => SaysMore(mention, stated, wordings) ? mention : stated).Text,
            State = state,
            Meeting = first.Meeting,
            Opened = first.Date,
            Line = first.Line,
            Closed = state is ActionState.Open ? null : closed,
            Due = DueOf(mentions, edits),
            LastSeen = mentions[^1].Date,
            Mentions = mentions,
            Edits = edits,
        };
    }

    /// <summary>An edit holds against all that was said until its day, and gives way to what a later meeting says.</summary>
    private static bool Holds([NotNullWhen(true)] ActionEdit? edit, ActionMention? said) =>
        edit is not null && (said is null || edit.Day >= said.Date);

    private static (ActionState State, DateOnly Closed) StateOf(
        IReadOnlyList<ActionMention> mentions, IReadOnlyList<ActionEdit> edits)
    {
        if (edits.LastOrDefault(edit => edit.State is not null) is { } edit && Holds(edit, mentions[^1]))
        {
            return (edit.State!.Value, edit.Day);
        }

        var state = StateAfter(mentions, mentions[^1]);
        return (state, state is ActionState.Open ? default : ClosedOn(mentions, state));
    }

    private static IReadOnlyList<string> OwnersOf(IReadOnlyList<ActionMention> mentions, IReadOnlyList<ActionEdit> edits)
    {
        var said = mentions.LastOrDefault(mention => mention.Owners.Count > 0);
        var edit = edits.LastOrDefault(edit => edit.Owners is not null);
        return Holds(edit, said) ? edit.Owners! : said?.Owners ?? [];
    }

    private static DateOnly? DueOf(IReadOnlyList<ActionMention> mentions, IReadOnlyList<ActionEdit> edits)
    {
        // "By Friday", carried word for word, is still the Friday that was promised first.
        ActionMention? promised = null;
        foreach (var mention in mentions)
        {
            if (mention.Due is { } said && !said.Phrase.Equals(promised?.Due?.Phrase, StringComparison.OrdinalIgnoreCase))
            {
                promised = mention;
            }
        }

        var edit = edits.LastOrDefault(edit => edit.Due is not null || edit.Undated);
        return Holds(edit, promised) ? edit.Due : promised?.Due?.Day;
    }

    private static bool SaysMore(ActionMention mention, ActionMention stated, ActionWordings wordings)
    {
        var (wording, before) = (wordings.Of(mention), wordings.Of(stated));
        return !mention.Done && wording.Covers(before) && (wording.Adds(before) || mention.Due?.Phrase != stated.Due?.Phrase);
    }

    /// <summary>What one meeting says of the item: minutes that tell of it and then tick it mean the tick.</summary>
    private static ActionState StateAfter(IReadOnlyList<ActionMention> mentions, ActionMention any)
    {
        var said = mentions.Where(any.IsOfOneMeetingWith).ToList();
        return said switch
        {
            _ when said.Any(mention => mention.Done) => ActionState.Done,
            _ when said.Any(mention => mention.Dropped) => ActionState.Dropped,
            _ => ActionState.Open,
        };
    }

    /// <summary>The date from which on the minutes agree that it is closed.</summary>
    private static DateOnly ClosedOn(IReadOnlyList<ActionMention> mentions, ActionState state)
    {
        var closed = mentions[^1].Date;
        for (var i = mentions.Count - 1; i >= 0 && StateAfter(mentions, mentions[i]) == state; i--)
        {
            closed = mentions[i].Date;
        }

        return closed;
    }
}
