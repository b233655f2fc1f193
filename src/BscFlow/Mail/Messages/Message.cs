namespace BscFlow.Mail.Messages;

/// <summary>Why somebody gets a mail of the committee.</summary>
public enum ReaderRole
{
    Member,
    Guest,
    Secretary,

    /// <summary>Asked to vote, and no member.</summary>
    Voter,

    /// <summary>Nominated for an election.</summary>
    Nominee,

    /// <summary>All who read the committee's mailing list.</summary>
    List,

    /// <summary>All who are invited to a meeting, where one text is for all of them.</summary>
    Invited,
}

/// <summary>The one person to whom a mail is written.</summary>
public sealed record Reader(string Name, ReaderRole Role)
{
    public static Reader Everyone { get; } = new("everyone", ReaderRole.Invited);

    public static Reader OfList { get; } = new("everyone", ReaderRole.List);
}

/// <summary>What a mail says, before it is rendered. Knows no clock: every date in it is given.</summary>
/// <remarks>
/// Each mail is one record here and one Razor component of the same name that ends in <c>Html</c>. Sentences that both the HTML
/// and the text hold are members of the record.
/// </remarks>
public abstract record Message
{
    public required Reader Reader { get; init; }

    /// <summary>Full name of the committee.</summary>
    public required string Committee { get; init; }

    /// <summary>The reader's own page; null for who has none.</summary>
    public Uri? MyPage { get; init; }

    /// <summary>As the writer wants it; <see cref="SubjectLine"/> makes it fit a header.</summary>
    public abstract string Subject { get; }

    /// <summary>Type of the Razor component whose parameter <c>Mail</c> is this record.</summary>
    internal abstract Type Html { get; }

    public string Greeting => $"Hello {Reader.Name},";

    /// <summary>The last line: why the reader gets this.</summary>
    public string Why => Reader.Role switch
    {
        ReaderRole.Member => $"You get this mail because you are a member of the {Committee}.",
        ReaderRole.Guest => $"You get this mail because you take part in the meetings of the {Committee}.",
        ReaderRole.Voter => $"You get this mail because the {Committee} asks you to vote.",
        ReaderRole.Nominee => $"You get this mail because you were nominated for an election of the {Committee}.",
        ReaderRole.List => $"You get this mail because the {Committee} writes to this list.",
        ReaderRole.Invited => $"You are invited because you take part in the meetings of the {Committee}.",
        _ => $"You get this mail because you are a secretary of the {Committee}.",
    };

    internal const string MyPageLabel = "Your ballots, action items and absences";

    /// <summary>The plain text, lines of at most 72 characters where words allow it.</summary>
    public string Text()
    {
        var text = new TextBody();
        text.Paragraph(Greeting);
        Write(text);
        text.Footer(Why, MyPage);
        return text.ToString();
    }

    private protected abstract void Write(TextBody text);
}
