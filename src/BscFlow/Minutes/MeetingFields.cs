using System.Buffers;

namespace BscFlow.Minutes;

/// <summary>Reads the labelled facts of one meeting: who, how long, who chaired, whether there was a quorum.</summary>
internal sealed class MeetingFields
{
    /// <summary>What a remark about quorum has in it; most lines have not.</summary>
    private static readonly SearchValues<string> QuorumHint = SearchValues.Create(["quor"], StringComparison.OrdinalIgnoreCase);

    private readonly Outline _outline;
    private readonly MeetingPeople _people = new();
    private readonly Stack<Scope> _scopes = [];
    private DateOnly? _date;
    private bool _cancelled;
    private int? _duration;
    private int? _durationLine;
    private int? _chairLine;
    private int? _participantsLine;
    private QuorumStatement? _quorum;
    private int? _quorumLostLine;
    private int _lastPeople = -1;
    private bool _headOver;
    private HintScan _quorumHints;

    private MeetingFields(Outline outline, int from, int to)
    {
        _outline = outline;
        _quorumHints = new(outline, QuorumHint, from < to ? outline[to - 1].Start + outline[to - 1].Length : 0);
    }

    /// <param name="Listed">The label stands within the list of participants.</param>
    private readonly record struct Scope(Field Field, int Rank, bool Listed)
    {
        public bool IsPeople => MeetingFields.IsPeople(Field);
    }

    /// <summary>Fills in what the entries of a meeting say.</summary>
    /// <param name="meeting">What the heading said.</param>
    /// <param name="from">First entry after the heading.</param>
    /// <param name="to">Entry after the last.</param>
    public static MeetingMinutes Read(Outline outline, int from, int to, MeetingMinutes meeting)
    {
        var fields = new MeetingFields(outline, from, to);
        for (var i = from; i < to; i++)
        {
            fields.Take(i);
        }

        fields._people.AddListedChairs();
        var cancelled = meeting.Status is MeetingStatus.Cancelled || (fields._cancelled && fields._people.Participants.Count == 0);
        return meeting with
        {
            Date = meeting.Date ?? fields._date,
            Status = cancelled ? MeetingStatus.Cancelled : MeetingStatus.Held,
            DurationMinutes = fields._duration,
            DurationLine = fields._durationLine,
            Chairs = fields._people.Chairs,
            ChairLine = fields._chairLine,
            Participants = fields._people.Participants,
            ParticipantsLine = fields._participantsLine,
            Quorum = fields._quorum,
            QuorumLostLine = fields._quorumLostLine,
        };
    }

    private static bool IsPeople(Field field) => field is Field.Participants or Field.Guests or Field.Absent or Field.Chair;

    private void Take(int index)
    {
        var entry = _outline[index];
        var text = _outline.Text(entry);
        var ofQuorum = _quorumHints.Hits(entry);
        if (ofQuorum && _quorumLostLine is null && QuorumLoss.LineIn(text) is { } lost)
        {
            _quorumLostLine = entry.Line + lost;
        }

        while (_scopes.TryPeek(out var ended) && entry.Rank <= ended.Rank)
        {
            _scopes.Pop();
        }

        Scope? inside = _scopes.TryPeek(out var scope) ? scope : null;
        if ((inside is not { Field: Field.Notes } || entry.Kind is OutlineKind.Heading || AssignsRoles(index)) &&
            FieldLabel.TryRead(text, entry.Strong, out var field, out var valueStart) && Accepts(field, index, entry, inside))
        {
            Open(field, entry, inside, text, valueStart);
            _lastPeople = IsPeople(field) ? index : _lastPeople;
        }
        else if (inside is { IsPeople: true } && entry.Kind is OutlineKind.Heading && FieldLabel.EndsPeople(text))
        {
            _scopes.Push(new(Field.Notes, entry.Rank, false));
        }
        else if (inside is { } current && current.Field is not Field.Notes)
        {
            TakeValue(current, entry, text);
            _lastPeople = current.IsPeople ? index : _lastPeople;
        }
        else if (entry.Kind is not OutlineKind.Heading)
        {
            TakeRemark(text, index, entry, inside, ofQuorum);
            _headOver |= _participantsLine is not null && inside is null && text[..Math.Min(40, text.Length)].IndexOf(':') < 0;
        }
    }

    /// <summary>Within the notes "Chair:" is talk; so fields end where the notes begin, but for headings that follow each other.</summary>
    private bool Accepts(Field field, int index, OutlineEntry entry, Scope? inside)
    {
        if (field is Field.Notes or Field.Actions or Field.CarriedActions or Field.Decisions or Field.Quorum)
        {
            return true;
        }

        if (inside is { IsPeople: true, Field: not Field.Chair } && !IsPeople(field) && field is not Field.Other)
        {
            return entry.Rank <= OutlineEntry.ParagraphRank || entry.Strong > 0;
        }

        if (entry.Kind is OutlineKind.Heading)
        {
            return field is not Field.Status && (!IsPeople(field) || _people.Participants.Count == 0 || index == _lastPeople + 1);
        }

        return !_headOver || (field is Field.Chair && AssignsRoles(index)) ||
            (entry.Strong > 0 && field is Field.Participants && _participantsLine is null);
    }

    private void Open(Field field, OutlineEntry entry, Scope? inside, ReadOnlySpan<char> text, int valueStart)
    {
        if (inside is { Field: Field.Chair or Field.Duration or Field.Date or Field.Quorum or Field.Status or Field.Other })
        {
            // "Chair:" left blank in a paragraph, and the list below starts with the next label.
            _scopes.Pop();
        }

        var value = text[valueStart..];
        var listed = inside is { Field: Field.Participants or Field.Guests };
        switch (field)
        {
            case Field.Duration:
                _durationLine ??= entry.Line;
                break;
            case Field.Chair when !listed:
                _chairLine ??= entry.Line;
                break;
            case Field.Participants:
                _participantsLine ??= entry.Line;
                _quorum ??= QuorumReader.ReadRemark(text[..valueStart], entry.Line);
                break;
            case Field.Notes or Field.Actions or Field.CarriedActions or Field.Decisions:
                _headOver |= entry.Kind is not OutlineKind.Heading;
                _scopes.Push(new(Field.Notes, entry.Rank, false));
                return;
        }

        var scope = new Scope(field, entry.Rank, listed);
        if (value.IsEmpty)
        {
            _scopes.Push(scope);
        }
        else if (field is Field.Quorum)
        {
            _quorum ??= QuorumReader.ReadValue(value, text, entry.Line);
        }
        else
        {
            TakeValue(scope, entry with { Kind = OutlineKind.Paragraph }, value);
        }
    }

    private void TakeValue(Scope scope, OutlineEntry entry, ReadOnlySpan<char> text)
    {
        switch (scope.Field)
        {
            case Field.Date:
                _date ??= MinutesDate.TryFind(text, null, out var date, out _, out _) ? date : null;
                break;
            case Field.Duration:
                _duration ??= MinutesDuration.Read(text);
                break;
            case Field.Status:
                _cancelled |= text.Contains("cancel", StringComparison.OrdinalIgnoreCase);
                break;
            case Field.Quorum:
                _quorum ??= QuorumReader.Read(text, entry.Line) ?? QuorumReader.ReadValue(text, text, entry.Line);
                break;
            case Field.Chair or Field.Participants or Field.Guests when entry.Kind is not OutlineKind.Heading:
                _quorum ??= QuorumReader.Read(text, entry.Line);
                _people.Take(scope.Field, scope.Listed, _chairLine is not null, entry, text);
                break;
        }
    }

    /// <summary>A line outside any field may say that there was a quorum, or that the meeting was cancelled.</summary>
    /// <param name="ofQuorum">It has a word for it.</param>
    private void TakeRemark(ReadOnlySpan<char> text, int index, OutlineEntry entry, Scope? inside, bool ofQuorum)
    {
        var top = inside is not { } notes || entry.Rank <= Math.Max(notes.Rank, OutlineEntry.ParagraphRank) + 2;
        if (ofQuorum && _quorum is null && (top || OpensMeeting(index)))
        {
            _quorum = QuorumReader.Read(text, entry.Line);
        }

        _cancelled |= top && SaysCancelled(text);
    }

    /// <summary>Whether the entry says, at the start of the notes, who does what in the meeting.</summary>
    private bool AssignsRoles(int index) => _chairLine is null && _outline[index].Kind is OutlineKind.Item &&
        _outline.ParentOf(index) is >= 0 and var above && _outline[above].Length < 40 &&
        _outline.Text(above).Contains("roles", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the entry stands under one about the roll call, rather than in a discussion.</summary>
    private bool OpensMeeting(int index)
    {
        if (_outline.ParentOf(index) is not (>= 0 and var above))
        {
            return false;
        }

        var parent = _outline.Text(above);
        foreach (var word in (ReadOnlySpan<string>)["quorum", "roll call", "rollcall", "attendance", "call to order", "opening", "welcome"])
        {
            if (parent.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool SaysCancelled(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("*_([ ");
        foreach (var start in (ReadOnlySpan<string>)["the ", "this ", "meeting ", "was ", "is ", "has been "])
        {
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                text = text[start.Length..];
            }
        }

        foreach (var word in (ReadOnlySpan<string>)["cancelled", "canceled", "no meeting", "not held", "skipped"])
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                var rest = text[word.Length..].TrimStart();
                return rest.IsEmpty || !char.IsUpper(rest[0]);
            }
        }

        return false;
    }
}
