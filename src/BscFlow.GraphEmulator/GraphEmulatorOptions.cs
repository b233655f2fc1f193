namespace BscFlow.GraphEmulator;

/// <summary>Someone's mailbox in the emulator.</summary>
/// <param name="Address">Without a plus tag; mail to <c>name+tag@domain</c> arrives in <c>name@domain</c>.</param>
public sealed record EmulatedMailbox(string Address, string DisplayName);

/// <summary>What an emulator is started with.</summary>
public sealed record GraphEmulatorOptions
{
    /// <summary>
    /// Port on the loopback address. 0 takes a free one; with a data folder the one of the run before where it is free, because
    /// the links that clients keep name it.
    /// </summary>
    public int Port { get; init; }

    public required IReadOnlyList<EmulatedMailbox> Mailboxes { get; init; }

    /// <summary>
    /// Addresses of the mailboxes that the app's bearer token opens, as a management scope of Exchange limits it; any other
    /// mailbox is 403. Null: all of them.
    /// </summary>
    public IReadOnlyList<string>? AppAccess { get; init; }

    /// <summary>
    /// Mail from one mailbox to another inside these domains is internal: stamped AuthAs Internal, with no DMARC pass.
    /// </summary>
    public IReadOnlyList<string> TenantDomains { get; init; } = [];

    /// <summary>
    /// Whether an address outside of <see cref="TenantDomains"/> that nobody has yet gets a mailbox with its first mail, so that
    /// any number of invented people can be written to. Inside of them mail to an unknown address comes back in any case.
    /// </summary>
    public bool OpensMailboxes { get; init; }

    /// <summary>In which the pages tell times.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Every date, expiry and delay is read from here.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where items are kept, one JSON file each, before the answer is sent. Null: in memory only.</summary>
    public string? DataFolder { get; init; }

    /// <summary>
    /// Messages and past events older than this are forgotten, as by a retention policy, so that years can go by in constant
    /// memory; a delta link from before then is 410. Null: everything is kept.
    /// </summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>
    /// Messages that a delta query with a filter lists before it says that it is at its end; the older ones are left out.
    /// </summary>
    public int LongestFilteredList { get; init; } = 5_000;
}
