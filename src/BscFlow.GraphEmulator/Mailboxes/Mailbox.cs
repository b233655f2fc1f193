using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>One mailbox: folders, messages, calendar. Only touched inside <see cref="MailStore"/>'s lock.</summary>
internal sealed class Mailbox
{
    private readonly MailStore store;
    private readonly string place;
    private readonly Dictionary<string, StoredMessage> messages = [];
    private readonly Dictionary<string, string> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredEvent> events = [];
    private readonly List<Removal> removals = [];
    private readonly IReadOnlyList<StoredFolder> wellKnown;

    public Mailbox(MailStore store, string address, string displayName)
    {
        this.store = store;
        Address = address;
        DisplayName = displayName;
        place = $"mailboxes/{Uri.EscapeDataString(address.ToLowerInvariant())}";
        RootId = Ids.Of("folder", address, "msgfolderroot");
        wellKnown =
        [
            WellKnown("inbox", "Inbox"), WellKnown("drafts", "Drafts"), WellKnown("sentitems", "Sent Items"),
            WellKnown("deleteditems", "Deleted Items"), WellKnown("archive", "Archive"), WellKnown("junkemail", "Junk Email"),
        ];
    }

    public string Address { get; }

    public string DisplayName { get; }

    public string Domain => Address[(Address.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Id of the folder above all folders.</summary>
    public string RootId { get; }

    public MailboxSettings Settings { get; private set; } = new();

    public IEnumerable<StoredFolder> Folders => wellKnown.Concat(Settings.Folders);

    public StoredFolder Inbox => wellKnown[0];

    public StoredFolder Drafts => wellKnown[1];

    public StoredFolder SentItems => wellKnown[2];

    public StoredFolder DeletedItems => wellKnown[3];

    public IReadOnlyCollection<StoredMessage> Messages => messages.Values;

    public IReadOnlyCollection<StoredEvent> Events => events.Values;

    public IReadOnlyList<Removal> Removals => removals;

    public Recipient AsRecipient => Recipient.Of(DisplayName, Address);

    /// <summary>A folder by id or well-known name.</summary>
    public StoredFolder? Folder(string name) => Folders.FirstOrDefault(folder =>
        folder.Id == name || string.Equals(folder.WellKnownName, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A message by either of its ids.</summary>
    public StoredMessage? Message(string id) => keys.TryGetValue(id, out var key) ? messages[key] : null;

    public StoredMessage? MessageByKey(string key) => messages.GetValueOrDefault(key);

    public IEnumerable<StoredMessage> In(StoredFolder folder) => messages.Values.Where(message => message.FolderId == folder.Id);

    /// <summary>The conversation of a message that this mailbox has seen; null when it has not.</summary>
    public string? ConversationOf(string internetMessageId) => conversations.GetValueOrDefault(internetMessageId);

    /// <summary>A new message in a folder.</summary>
    public StoredMessage Add(StoredMessage message)
    {
        var sequence = store.NextSequence();
        return Keep(message with { Arrived = sequence, Changed = sequence });
    }

    /// <summary>A message changed where it lies.</summary>
    public StoredMessage Update(StoredMessage message) =>
        Keep(message with { Changed = store.NextSequence(), Modified = store.Now });

    /// <summary>A message goes to another folder; its id changes, its immutable id stays unless <paramref name="sent"/>.</summary>
    public StoredMessage Move(StoredMessage message, StoredFolder to, bool sent = false)
    {
        Forget(message);
        var sequence = store.NextSequence();
        return Keep(message with
        {
            Id = Ids.New(),
            ImmutableId = sent ? Ids.New() : message.ImmutableId,
            FolderId = to.Id,
            Arrived = sequence,
            Changed = sequence,
            Modified = store.Now,
        });
    }

    public void Delete(StoredMessage message)
    {
        Forget(message);
        messages.Remove(message.Key);
        store.Save($"{place}/messages/{message.Key}.json", null);
    }

    public StoredEvent Keep(StoredEvent item)
    {
        var kept = item with { Changed = store.NextSequence(), Modified = store.Now };
        events[kept.Id] = kept;
        store.Save($"{place}/events/{kept.Key}.json", kept);
        return kept;
    }

    public StoredEvent? Event(string id) => events.GetValueOrDefault(id);

    public StoredEvent? EventByUid(string iCalUId) => events.Values.FirstOrDefault(item => item.ICalUId == iCalUId);

    public void Delete(StoredEvent item)
    {
        events.Remove(item.Id);
        store.Save($"{place}/events/{item.Key}.json", null);
    }

    public void Keep(MailboxSettings settings)
    {
        Settings = settings;
        store.Save($"{place}/mailbox.json", settings);
    }

    /// <summary>Takes over what an earlier run kept.</summary>
    /// <returns>The highest number of a change found.</returns>
    public long Load(DataFolder data)
    {
        Settings = data.Read<MailboxSettings>($"{place}/mailbox.json") ?? Settings;
        foreach (var message in data.ReadAll<StoredMessage>($"{place}/messages"))
        {
            Index(message);
        }

        foreach (var item in data.ReadAll<StoredEvent>($"{place}/events"))
        {
            events[item.Id] = item;
        }

        removals.AddRange(data.ReadAll<Removal>($"{place}/removed").OrderBy(removal => removal.Sequence));
        return messages.Values.Select(message => message.Changed)
            .Concat(events.Values.Select(item => item.Changed))
            .Concat(removals.Select(removal => removal.Sequence))
            .DefaultIfEmpty()
            .Max();
    }

    private StoredMessage Keep(StoredMessage message)
    {
        Index(message);
        store.Save($"{place}/messages/{message.Key}.json", message);
        store.Report(new(this, message, message.Arrived == message.Changed ? "created" : "updated"));
        return message;
    }

    private void Index(StoredMessage message)
    {
        messages[message.Key] = message;
        keys[message.Id] = message.Key;
        keys[message.ImmutableId] = message.Key;
        conversations[message.InternetMessageId] = message.ConversationId;
    }

    private void Forget(StoredMessage message)
    {
        keys.Remove(message.Id);
        keys.Remove(message.ImmutableId);
        var removal = new Removal(store.NextSequence(), message.FolderId, message.Id, message.ImmutableId);
        removals.Add(removal);
        store.Save($"{place}/removed/{removal.Sequence:D12}.json", removal);
        store.Report(new(this, message, "deleted"));
    }

    private StoredFolder WellKnown(string name, string displayName) => new()
    {
        Id = Ids.Of("folder", Address, name),
        WellKnownName = name,
        DisplayName = displayName,
        ParentId = RootId,
    };
}
