namespace BscFlow.Workflow;

/// <summary>A step that was tried as often as it may be, and is due still.</summary>
public sealed record FailedStep
{
    /// <summary>As often as the clock looks at what is on the queue and not done.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(5);

    /// <summary>What was broken for a day is to go on soon after it is whole again.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    public required Step Step { get; init; }

    /// <summary>For a person: no address, no secret.</summary>
    public required string Error { get; init; }

    public required DateTimeOffset LastTried { get; init; }

    /// <summary>When it was given up for the first time.</summary>
    public required DateTimeOffset GivenUp { get; init; }

    /// <summary>When a person last had it tried again.</summary>
    public DateTimeOffset? Asked { get; init; }

    /// <summary>Whether somebody had it tried again and nothing has come of it yet.</summary>
    public bool IsUnderway => Asked > LastTried;

    /// <summary>
    /// From when on the clock has it tried again: it waits as long again as it has failed. While the queue still tries it, each
    /// try moves this on.
    /// </summary>
    public DateTimeOffset NextTry => IsUnderway ? Asked!.Value : LastTried + Pause;

    private TimeSpan Pause => (LastTried - GivenUp) switch
    {
        var failed when failed < ShortestPause => ShortestPause,
        var failed when failed > LongestPause => LongestPause,
        var failed => failed,
    };

    /// <summary>What the committee goes without until a step is done, as a clause.</summary>
    public static string Missing(StepKind step) => step switch
    {
        StepKind.DraftMeeting => "the next meeting has no draft",
        StepKind.SendAgenda => "the agenda was not sent",
        StepKind.RemindMeeting => "the reminder was not sent",
        StepKind.AskForMinutes => "the chair was not asked for the minutes",
        StepKind.CirculateMinutes => "the minutes were not circulated",
        StepKind.PublishMinutes => "the minutes were not published",
        StepKind.ProposeMotions => "the chair was not told which votes the minutes ask for",
        StepKind.OfferMinutes => "the minutes were not offered to the committee's repository",
        StepKind.TellCancellation => "the members were not told of a cancellation",
        StepKind.RemindOwners => "the owners of action items were not reminded",
        StepKind.RefreshSite => "the public pages tell of an earlier day",
        StepKind.CallForVotes => "the members were not called to vote",
        StepKind.RemindVoters => "the members were not reminded to vote",
        StepKind.CloseMotion => "a vote was not counted",
        StepKind.TellVoters => "the members were not told what became of a motion",
        StepKind.CallForNominations => "nobody was asked for nominations",
        StepKind.OpenNominated => "the vote on those who were nominated was not opened",
        StepKind.SendMail => "a mail was not sent",
        StepKind.CollectMail or StepKind.CollectMailAnew => "incoming mail is not read",
        StepKind.RenewSubscription => "new mail is noticed late",
        _ => "a step was not done",
    };
}
