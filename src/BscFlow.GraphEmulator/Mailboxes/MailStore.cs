using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>That a message came into its folder, changed there, or left it.</summary>
/// <param name="Type">created, updated or deleted.</param>
internal sealed record MessageChange(Mailbox Mailbox, StoredMessage Message, string Type);

/// <summary>What the store keeps beside the mailboxes.</summary>
/// <param name="DeltaGeneration">Delta links of an earlier generation have expired.</param>
/// <param name="Port">Where the emulator was last reached.</param>
internal sealed record StoreSettings(int DeltaGeneration, int Port)
{
    /// <summary>Name of the file.</summary>
    public const string File = "store.json";
}

/// <summary>All mailboxes of the emulator behind one lock, and on disk where a folder is given.</summary>
/// <remarks>
/// A change is on disk, whole, before <see cref="Change{T}"/> returns and so before its answer is sent.
/// </remarks>
internal sealed class MailStore
{
    /// <summary>Folder of the mailboxes that were opened by mail to them.</summary>
    private const string Opened = "opened";

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly DataFolder? _data;
    private readonly Dictionary<string, Mailbox> _mailboxes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, object?> _unsaved = [];
    private readonly List<MessageChange> _changes = [];
    private StoreSettings _settings = new(0, 0);
    private readonly bool _opens;
    private readonly HashSet<string> _tenant;
    private long _sequence;

    public MailStore(GraphEmulatorOptions options)
    {
        _clock = options.Clock;
        Retention = options.Retention;
        _opens = options.OpensMailboxes;
        _tenant = new(options.TenantDomains, StringComparer.OrdinalIgnoreCase);
        _data = options.DataFolder is { } folder ? new DataFolder(folder) : null;
        foreach (var mailbox in options.Mailboxes)
        {
            _mailboxes.Add(mailbox.Address, new Mailbox(this, mailbox.Address, mailbox.DisplayName));
        }

        if (_data is not null)
        {
            _settings = _data.Read<StoreSettings>(StoreSettings.File) ?? _settings;
            foreach (var opened in _data.ReadAll<EmulatedMailbox>(Opened).OrderBy(one => one.Address, StringComparer.Ordinal))
            {
                _mailboxes.TryAdd(opened.Address, new Mailbox(this, opened.Address, opened.DisplayName));
            }

            _sequence = _mailboxes.Values.Select(mailbox => mailbox.Load(_data)).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Told of every change of messages, in order, once it is kept; must not block.</summary>
    public Action<MessageChange>? Changed { get; set; }

    public TimeSpan? Retention { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public IReadOnlyCollection<Mailbox> Mailboxes => _mailboxes.Values;

    public int DeltaGeneration => _settings.DeltaGeneration;

    /// <summary>Where an earlier run was reached; 0 when there was none.</summary>
    public int LastPort => _settings.Port;

    /// <summary>The mailbox with this address; null when it is not here.</summary>
    public Mailbox? Find(string address) => _mailboxes.GetValueOrDefault(address);

    /// <summary>The mailbox that mail to this address arrives in: a plus tag is no part of the mailbox's name.</summary>
    public Mailbox? FindRecipient(string address)
    {
        var at = address.LastIndexOf('@');
        var plus = address.IndexOf('+', StringComparison.Ordinal);
        return Find(address) ?? (plus > 0 && plus < at ? Find(address[..plus] + address[at..]) : null);
    }

    /// <summary>
    /// The same, and the mailbox that is opened for it where <see cref="GraphEmulatorOptions.OpensMailboxes"/> says so.
    /// </summary>
    /// <param name="recipient">The name becomes the mailbox's.</param>
    public Mailbox? FindOrOpenRecipient(Recipient recipient)
    {
        if (FindRecipient(recipient.Address) is { } found)
        {
            return found;
        }

        var (name, domain) = recipient.Address.Split('@') is [{ Length: > 0 } local, { Length: > 0 } rest]
            ? (local, rest)
            : (null, "");
        if (!_opens || name is null || _tenant.Contains(domain))
        {
            return null;
        }

        var address = $"{name.Split('+')[0]}@{domain}";
        var opened = new EmulatedMailbox(address, recipient.Name.Length > 0 ? recipient.Name : address);
        Save($"{Opened}/{Uri.EscapeDataString(address.ToLowerInvariant())}.json", opened);
        return _mailboxes[address] = new Mailbox(this, opened.Address, opened.DisplayName);
    }

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    /// <summary>Runs a change alone, and writes what it changed before it returns.</summary>
    public T Change<T>(Func<T> change)
    {
        lock (_gate)
        {
            try
            {
                return change();
            }
            finally
            {
                Commit();
            }
        }
    }

    public void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    public void ExpireDeltaLinks() => Change(() => Keep(_settings with { DeltaGeneration = _settings.DeltaGeneration + 1 }));

    public void RememberPort(int port) => Change(() => Keep(_settings with { Port = port }));

    public IEnumerable<T> Load<T>(string folder)
        where T : class => _data?.ReadAll<T>(folder) ?? [];

    /// <summary>Number of the last change of any item.</summary>
    public long LastSequence => _sequence;

    public long NextSequence() => ++_sequence;

    /// <summary>Keeps a record under a file name, or (null) lets it go; written when the change ends.</summary>
    public void Save(string path, object? record) => _unsaved[path] = record;

    public void Report(MessageChange change) => _changes.Add(change);

    private void Keep(StoreSettings kept)
    {
        _settings = kept;
        Save(StoreSettings.File, kept);
    }

    private void Commit()
    {
        _data?.Write(_unsaved);
        _unsaved.Clear();
        foreach (var change in _changes)
        {
            Changed?.Invoke(change);
        }

        _changes.Clear();
    }
}
