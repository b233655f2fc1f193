using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To the secretary: something about a motion that needs a person.</summary>
public sealed record NeedsPersonMail : Message
{
    /// <summary>Title of the motion.</summary>
    public required string Motion { get; init; }

    /// <summary>What happened, a sentence or two.</summary>
    public required string What { get; init; }

    /// <summary>Where it can be put right.</summary>
    public required Uri Desk { get; init; }

    public override string Subject => $"{Committee}: {Motion} (needs you)";

    internal override Type Html => typeof(NeedsPersonMailHtml);

    internal string Opening => $"On the motion \"{Motion}\": {What}";

    internal const string Advice =
        "Please ask the member. A vote that you hear in the room or on the phone can be entered at the desk, with its source.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Advice);
        text.Link("The desk", Desk);
    }
}
