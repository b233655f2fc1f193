namespace BscFlow.Minutes;

/// <summary>The sentences of a line; a dash between spaces ends one too.</summary>
internal ref struct SentenceRanges(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public Range Current { get; private set; }

    public readonly SentenceRanges GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_next >= _text.Length)
        {
            return false;
        }

        var end = _next;
        while (end < _text.Length && !EndsAt(end))
        {
            end++;
        }

        Current = _next..Math.Min(_text.Length, end + 1);
        _next = end + 1;
        return true;
    }

    private readonly bool EndsAt(int at) => _text[at] switch
    {
        '.' or '!' or '?' or ';' or ':' => at + 1 == _text.Length || _text[at + 1] is ' ' or '\n' or '*',
        '-' or '\u2013' or '\u2014' => at > 0 && _text[at - 1] is ' ' or '-' && at + 1 < _text.Length && _text[at + 1] == ' ',
        _ => false,
    };
}
