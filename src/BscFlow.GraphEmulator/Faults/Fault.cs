namespace BscFlow.GraphEmulator.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>429 with Retry-After; nothing happened.</summary>
    TooManyRequests,

    /// <summary>503 with Retry-After; nothing happened.</summary>
    ServiceUnavailable,

    /// <summary>500; nothing happened.</summary>
    InternalServerError,

    /// <summary>400: the message is damaged where it lies, and cannot be written as MIME; nothing happened.</summary>
    MimeConversionFailed,

    /// <summary>403, as for a message under a legal hold; nothing happened.</summary>
    Forbidden,

    /// <summary>504; nothing happened.</summary>
    GatewayTimeout,

    /// <summary>504, but it happened.</summary>
    GatewayTimeoutAfterAcceptance,

    /// <summary>No answer for <see cref="Fault.Delay"/>, then 504; nothing happened.</summary>
    Silence,

    /// <summary>It happened, then no answer for <see cref="Fault.Delay"/>, then 504.</summary>
    SilenceAfterAcceptance,

    /// <summary>The connection breaks; nothing happened.</summary>
    ConnectionReset,

    /// <summary>It happened, then the connection breaks.</summary>
    ConnectionResetAfterAcceptance,

    /// <summary>A delta link has expired: 410 syncStateNotFound.</summary>
    DeltaExpired,

    /// <summary>A delta page without items, and a link to the next.</summary>
    DeltaEmptyPage,

    /// <summary>The items of a delta page carry their id alone.</summary>
    DeltaSparse,

    /// <summary>Each item of a delta page comes twice.</summary>
    DeltaDuplicates,

    /// <summary>The items of a delta page come newest first.</summary>
    DeltaReordered,

    /// <summary>A delta page also names a message that has gone, whatever kind of change was asked for.</summary>
    DeltaRemoved,

    /// <summary>A notification is posted twice.</summary>
    NotificationDuplicated,

    /// <summary>A notification is posted after <see cref="Fault.Delay"/> on the emulator's clock.</summary>
    NotificationDelayed,

    /// <summary>A notification is never posted.</summary>
    NotificationDropped,
}

/// <summary>A fault that waits for its calls.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>Of the call; <c>*</c> is any.</summary>
    public string Method { get; init; } = "*";

    /// <summary>
    /// Of the call, without <c>/v1.0</c> and in the plain spelling, such as <c>/users/*/messages/*/send</c>; <c>*</c> stands for
    /// any characters. Of a notification: the whole URL it goes to.
    /// </summary>
    public string Path { get; init; } = "*";

    /// <summary>How many calls it hits.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How many calls it first lets pass.</summary>
    public int After { get; init; }

    /// <summary>For 429 and 503.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For silence (in real time) and for a late notification (on the emulator's clock).</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMinutes(2);
}
