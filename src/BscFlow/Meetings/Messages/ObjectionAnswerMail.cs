using BscFlow.Mail.Messages;

namespace BscFlow.Meetings.Messages;

/// <summary>How far an objection to minutes has come.</summary>
public enum ObjectionStage
{
    /// <summary>It came in time; the minutes wait for it.</summary>
    Holds,

    TooLate,

    Settled,
}

/// <summary>To who objected to minutes: that it came, and later what was made of it.</summary>
public sealed record ObjectionAnswerMail : MailAnswer
{
    public required MeetingFacts Meeting { get; init; }

    public required ObjectionStage Stage { get; init; }

    /// <summary>What the secretary made of it, in their words; empty where they said nothing.</summary>
    public string Settlement { get; init; } = "";

    internal override string Opening => Stage switch
    {
        ObjectionStage.Holds =>
            $"Your objection to the minutes of {Meeting.Named} has come. They are not published until it is settled.",
        ObjectionStage.TooLate =>
            $"The minutes of {Meeting.Named} were published before your mail came. The chair and the secretary have it, and correct them "
            + "if something is wrong.",
        _ when Settlement.Length > 0 =>
            $"Your objection to the minutes of {Meeting.Named} is settled: {Settlement.TrimEnd('.')}.",
        _ => $"Your objection to the minutes of {Meeting.Named} is settled.",
    };

    internal override string? Then => Stage is ObjectionStage.Settled ? "If you do not agree, write to the secretary." : null;

    internal override string PageLabel => "The meeting's page";
}
