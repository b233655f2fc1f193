namespace BscFlow.Mail;

/// <summary>What became of a mail that the outbox was asked to send.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>It has left.</summary>
    public sealed record Sent(SentMail Mail) : SendOutcome
    {
        /// <summary>Not now, but on an earlier run or by another worker.</summary>
        public bool Before { get; init; }
    }

    /// <summary>It will never leave; a person should know.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>It lost its use while it waited, and never leaves; nobody need know.</summary>
    public sealed record Dropped : SendOutcome;

    /// <summary>Another worker is at it, or was and crashed; from <paramref name="Until"/> on it may be tried again.</summary>
    public sealed record Busy(DateTimeOffset Until) : SendOutcome;

    /// <summary>No mail was queued under this key.</summary>
    public sealed record NotQueued : SendOutcome;
}

/// <summary>A mail and how far it came.</summary>
public sealed record QueuedMail
{
    /// <summary>Without its words once it has left.</summary>
    public required OutgoingMail Mail { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>How often a worker set out to send it.</summary>
    public int Attempts { get; init; }

    public SentMail? Sent { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why it was given up.</summary>
    public string? Refused { get; init; }

    /// <summary>When it was found to be of no use any more.</summary>
    public DateTimeOffset? DroppedAt { get; init; }
}
