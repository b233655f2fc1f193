using BscFlow.GraphEmulator.Calendars;
using BscFlow.GraphEmulator.Wire;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>One mailbox: folders, messages, calendar. Only touched inside <see cref="MailStore"/>'s lock.</summary>
internal sealed class Mailbox
{
    private readonly MailStore _store;
    private readonly string _place;
    private readonly Dictionary<string, StoredMessage> _messages = [];
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Conversation, DateTimeOffset Seen)> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredEvent> _events = [];
    private readonly List<Removal> _removals = [];
    private readonly IReadOnlyList<StoredFolder> _wellKnown;
    private DateTimeOffset _nextForgetting;

    public Mailbox(MailStore store, string address, string displayName)
    {
        _store = store;
        Address = address;
        DisplayName = displayName;
        _place = $"mailboxes/{Uri.EscapeDataString(address.ToLowerInvariant())}";
        RootId = Ids.Of("folder", address, "msgfolderroot");
        _wellKnown =
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

    public IEnumerable<StoredFolder> Folders => _wellKnown.Concat(Settings.Folders);

    public StoredFolder Inbox => _wellKnown[0];

    public StoredFolder Drafts => _wellKnown[1];

    public StoredFolder SentItems => _wellKnown[2];

    public StoredFolder DeletedItems => _wellKnown[3];

    public IReadOnlyCollection<StoredMessage> Messages => _messages.Values;

    public IReadOnlyCollection<StoredEvent> Events => _events.Values;

    public IReadOnlyList<Removal> Removals => _removals;

    public Recipient AsRecipient => Recipient.Of(DisplayName, Address);

    /// <summary>A folder by id or well-known name.</summary>
    public StoredFolder? Folder(string name) => Folders.FirstOrDefault(folder =>
        folder.Id == name || string.Equals(folder.WellKnownName, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A message by either of its ids.</summary>
    public StoredMessage? Message(string id) => _keys.TryGetValue(id, out var key) ? _messages[key] : null;

    public StoredMessage? MessageByKey(string key) => _messages.GetValueOrDefault(key);

    public IEnumerable<StoredMessage> In(StoredFolder folder) => _messages.Values.Where(message => message.FolderId == folder.Id);

    /// <summary>The conversation of a message that this mailbox has seen; null when it has not.</summary>
    public string? ConversationOf(string internetMessageId) => _conversations.GetValueOrDefault(internetMessageId).Conversation;

    /// <summary>A new message in a folder.</summary>
    public StoredMessage Add(StoredMessage message)
    {
        ForgetOld();
        var sequence = _store.NextSequence();
        return Keep(message with { Arrived = sequence, Changed = sequence });
    }

    /// <summary>A message changed where it lies.</summary>
    public StoredMessage Update(StoredMessage message) =>
        Keep(message with { Changed = _store.NextSequence(), Modified = _store.Now });

    /// <summary>
    /// A message goes to another folder; its id changes, its immutable id stays unless <paramref name="sent"/>.
    /// </summary>
    public StoredMessage Move(StoredMessage message, StoredFolder to, bool sent = false)
    {
        Leave(message);
        var sequence = _store.NextSequence();
        return Keep(message with
        {
            Id = Ids.New(),
            ImmutableId = sent ? Ids.New() : message.ImmutableId,
            FolderId = to.Id,
            Arrived = sequence,
            Changed = sequence,
            Modified = _store.Now,
        });
    }

    public void Delete(StoredMessage message)
    {
        Leave(message);
        Drop(message);
    }

    public StoredEvent Keep(StoredEvent item)
    {
        var kept = item with { Changed = _store.NextSequence(), Modified = _store.Now };
        _events[kept.Id] = kept;
        _store.Save($"{_place}/events/{kept.Key}.json", kept);
        return kept;
    }

    public StoredEvent? Event(string id) => _events.GetValueOrDefault(id);

    public StoredEvent? EventByUid(string iCalUId) => _events.Values.FirstOrDefault(item => item.ICalUId == iCalUId);

    public void Delete(StoredEvent item)
    {
        _events.Remove(item.Id);
        _store.Save($"{_place}/events/{item.Key}.json", null);
    }

    public void Keep(MailboxSettings settings)
    {
        Settings = settings;
        _store.Save($"{_place}/mailbox.json", settings);
    }

    /// <summary>Takes over what an earlier run kept.</summary>
    /// <returns>The highest number of a change found.</returns>
    public long Load(DataFolder data)
    {
        Settings = data.Read<MailboxSettings>($"{_place}/mailbox.json") ?? Settings;
        foreach (var message in data.ReadAll<StoredMessage>($"{_place}/messages"))
        {
            Index(message);
        }

        foreach (var item in data.ReadAll<StoredEvent>($"{_place}/events"))
        {
            _events[item.Id] = item;
        }

        _removals.AddRange(data.ReadAll<Removal>($"{_place}/removed").OrderBy(removal => removal.Sequence));
        return _messages.Values.Select(message => message.Changed)
            .Concat(_events.Values.Select(item => item.Changed))
            .Concat(_removals.Select(removal => removal.Sequence))
            .DefaultIfEmpty()
            .Max();
    }

    private StoredMessage Keep(StoredMessage message)
    {
        Index(message);
        _store.Save($"{_place}/messages/{message.Key}.json", message);
        _store.Report(new(this, message, message.Arrived == message.Changed ? "created" : "updated"));
        return message;
    }

    private void Index(StoredMessage message)
    {
        _messages[message.Key] = message;
        _keys[message.Id] = message.Key;
        _keys[message.ImmutableId] = message.Key;
        _conversations[message.InternetMessageId] = (message.ConversationId, message.Received);
    }

    /// <summary>The message is in its folder no more, and a delta of the folder says so.</summary>
    private void Leave(StoredMessage message)
    {
        _keys.Remove(message.Id);
        _keys.Remove(message.ImmutableId);
        var removal = new Removal(_store.NextSequence(), _store.Now, message.FolderId, message.Id, message.ImmutableId);
        _removals.Add(removal);
        _store.Save(RemovalFile(removal), removal);
        _store.Report(new(this, message, "deleted"));
    }

    private void Drop(StoredMessage message)
    {
        _messages.Remove(message.Key);
        _store.Save($"{_place}/messages/{message.Key}.json", null);
    }

    /// <summary>
    /// Once a day, lets go what the retention is over for. Nobody is told, as of what a policy deletes for good.
    /// </summary>
    private void ForgetOld()
    {
        var now = _store.Now;
        if (_store.Retention is not { } retention || now < _nextForgetting)
        {
            return;
        }

        _nextForgetting = now + TimeSpan.FromDays(1);
        var before = now - retention;
        foreach (var message in _messages.Values.Where(message => message.Received < before).ToList())
        {
            _keys.Remove(message.Id);
            _keys.Remove(message.ImmutableId);
            Drop(message);
        }

        // Also of what a person deleted: an answer to it still belongs to its thread.
        foreach (var (id, _) in _conversations.Where(entry => entry.Value.Seen < before).ToList())
        {
            _conversations.Remove(id);
        }

        foreach (var item in _events.Values.Where(item => item.End < before).ToList())
        {
            Delete(item);
        }

        var old = _removals.TakeWhile(removal => removal.At < before).ToList();
        if (old.Count > 0)
        {
            _removals.RemoveRange(0, old.Count);
            old.ForEach(removal => _store.Save(RemovalFile(removal), null));
            Keep(Settings with { ForgottenUntil = old[^1].Sequence });
        }
    }

    private string RemovalFile(Removal removal) => $"{_place}/removed/{removal.Sequence:D12}.json";

    private StoredFolder WellKnown(string name, string displayName) => new()
    {
        Id = Ids.Of("folder", Address, name),
        WellKnownName = name,
        DisplayName = displayName,
        ParentId = RootId,
    };
}
