using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>To a voter whose vote came when the vote was over. Sent once for a motion.</summary>
public sealed record LateBallotMail : MotionMessage
{
    public required DateTimeOffset Received { get; init; }

    /// <summary>When the vote was over: its deadline, or earlier.</summary>
    public required DateTimeOffset Ended { get; init; }

    internal override Type Html => typeof(LateBallotMailHtml);

    internal const string Opening = "Your vote came too late and is not counted.";

    internal string Times => $"It was received on {Seconds(Received)}. The vote was over on {Seconds(Ended)}.";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        text.Paragraph(Times);
        text.Link("The motion's page, with the result once it is counted", Motion.Page);
    }

    /// <summary>One second late is late, so that the seconds are said.</summary>
    private string Seconds(DateTimeOffset moment) => $"{Motion.Moment(moment)} ({moment.UtcDateTime:HH:mm:ss} UTC)";
}
