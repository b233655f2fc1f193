namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>Who wants to be told of changes in a mailbox.</summary>
internal sealed record StoredSubscription
{
    public required string Id { get; init; }

    /// <summary>As the client wrote it.</summary>
    public required string Resource { get; init; }

    public required string Mailbox { get; init; }

    /// <summary>Null: every folder.</summary>
    public string? FolderId { get; init; }

    /// <summary>Some of created, updated, deleted, separated by commas.</summary>
    public required string ChangeType { get; init; }

    public required string NotificationUrl { get; init; }

    public string? LifecycleNotificationUrl { get; init; }

    public string? ClientState { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Asked for with <c>Prefer: IdType="ImmutableId"</c>, so notifications name messages by it.</summary>
    public bool ImmutableIds { get; init; }
}
