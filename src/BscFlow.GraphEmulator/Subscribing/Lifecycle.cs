using BscFlow.GraphEmulator.Mailboxes;

namespace BscFlow.GraphEmulator.Subscribing;

/// <summary>The life of subscriptions, as a test wants it to go.</summary>
internal sealed class Lifecycle(MailStore store, SubscriptionBook book, Notifier notifier)
{
    public IReadOnlyList<string> Subscriptions => store.Read(() => book.Alive.Select(subscription => subscription.Id).ToList());

    /// <returns>False when there is no such subscription, or it has no lifecycle URL.</returns>
    public bool Raise(string id, LifecycleEvent what) => store.Change(() =>
    {
        if (book.Find(id) is not { } subscription)
        {
            return false;
        }

        if (what == LifecycleEvent.SubscriptionRemoved)
        {
            book.Remove(subscription);
        }

        return notifier.Announce(subscription, what);
    });
}
