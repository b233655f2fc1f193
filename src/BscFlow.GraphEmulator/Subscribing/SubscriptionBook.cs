using BscFlow.GraphEmulator.Mailboxes;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>The subscriptions that have not expired. Only touched inside the store's lock.</summary>
internal sealed class SubscriptionBook
{
    private const string Folder = "subscriptions";
    private readonly MailStore _store;
    private readonly Dictionary<string, StoredSubscription> _subscriptions;

    public SubscriptionBook(MailStore store)
    {
        _store = store;
        _subscriptions = store.Load<StoredSubscription>(Folder).ToDictionary(subscription => subscription.Id);
    }

    public IEnumerable<StoredSubscription> Alive =>
        _subscriptions.Values.Where(subscription => subscription.Expires > _store.Now);

    public StoredSubscription? Find(string id) => Alive.FirstOrDefault(subscription => subscription.Id == id);

    public StoredSubscription Keep(StoredSubscription subscription)
    {
        foreach (var expired in _subscriptions.Values.Where(other => other.Expires <= _store.Now).ToList())
        {
            Remove(expired);
        }

        _subscriptions[subscription.Id] = subscription;
        _store.Save($"{Folder}/{subscription.Id}.json", subscription);
        return subscription;
    }

    public void Remove(StoredSubscription subscription)
    {
        _subscriptions.Remove(subscription.Id);
        _store.Save($"{Folder}/{subscription.Id}.json", null);
    }
}
