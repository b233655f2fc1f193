namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Where the rows of failed steps begin in <see cref="CommitteesTable"/>.</summary>
    public const string FailedStart = "failed-";

    /// <summary>The first row after all that begin with <see cref="FailedStart"/>.</summary>
    public const string FailedEnd = "failed.";

    /// <summary>Row of a step's last error: <c>failed-SendMail-agenda|0062|joe</c>.</summary>
    public static string FailedStep(string kind, string subject) => OutboxMail($"{FailedStart}{kind}-{subject}");
}
