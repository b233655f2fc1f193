using BscFlow.GraphEmulator.Mailboxes;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>The subscriptions that have not expired. Only touched inside the store's lock.</summary>
internal sealed class SubscriptionBook
{
    private const string Folder = "subscriptions";
    private readonly MailStore store;
    private readonly Dictionary<string, StoredSubscription> subscriptions;

    public SubscriptionBook(MailStore store)
    {
        this.store = store;
        subscriptions = store.Load<StoredSubscription>(Folder).ToDictionary(subscription => subscription.Id);
    }

    public IEnumerable<StoredSubscription> Alive => subscriptions.Values.Where(subscription => subscription.Expires > store.Now);

    public StoredSubscription? Find(string id) => Alive.FirstOrDefault(subscription => subscription.Id == id);

    public StoredSubscription Keep(StoredSubscription subscription)
    {
        subscriptions[subscription.Id] = subscription;
        store.Save($"{Folder}/{subscription.Id}.json", subscription);
        return subscription;
    }

    public void Remove(StoredSubscription subscription)
    {
        subscriptions.Remove(subscription.Id);
        store.Save($"{Folder}/{subscription.Id}.json", null);
    }
}
