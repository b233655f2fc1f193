namespace BscFlow.Mail;

/// <summary>What a line of a mail is, judged by itself and its neighbours.</summary>
internal enum LineKind : byte
{
    Blank,
    Text,

    /// <summary>Marked as quoted: <c>&gt; ...</c>, <c>| ...</c>, <c>JD&gt; ...</c>.</summary>
    Quote,

    /// <summary>Says who wrote what follows, and when.</summary>
    Attribution,

    /// <summary>"-----Original Message-----", "Begin forwarded message:" and the header block below.</summary>
    Embedded,

    /// <summary>The line before a signature: <c>-- </c> and its like.</summary>
    SignatureMark,

    /// <summary>A line drawn with dashes, underscores and so on.</summary>
    Rule,

    /// <summary>"Sent from my phone".</summary>
    SentFrom,

    /// <summary>The opening of a mail signed inline with PGP.</summary>
    Armor,

    /// <summary>"CAUTION: this mail came from outside": put above by a gateway or by Outlook.</summary>
    Banner,
}

/// <summary>A line without its end; positions in the mail's text.</summary>
internal struct ReplyLine
{
    public int Start;
    public int End;
    public LineKind Kind;

    /// <summary>An attribution followed on the same line and was cut off it: "+1 On Wed, Oct 8, 2025, Joe wrote:".</summary>
    public bool EndsInAttribution;
}
