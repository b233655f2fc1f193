using BscFlow.Mail;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Workflow;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>Two committees with a mailbox each, and a voter who takes one for the other.</summary>
public sealed class WrongMailboxTests : IAsyncLifetime
{
    private ProductHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ProductHost.StartAsync(["acme", "apex"]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_ballot_that_comes_to_another_committees_mailbox_counts_and_has_its_receipt_with_the_next_mails(
        bool secret)
    {
        var (acme, apex) = (_host.Charters[0], _host.Charters[1]);
        var ada = acme.Members[0].Addresses[0];
        await _host.SettleAsync();
        var draft = new MotionDraft { Id = "roof", Title = "The roof", Text = "That it be mended.", Rule = "ordinary", Secret = secret };
        Assert.IsType<MotionChange.Made>(await _host.Get<OpenMotion>().RunAsync(acme, draft, acme.Secretaries[0], Cancel));
        await _host.Get<Clock>().TickAsync("acme", Cancel);
        await _host.SettleAsync();
        var call = _host.Graph.Messages(ada)[^1];

        _host.Graph.As(ada).Write([apex.Mailbox], call.Subject, "+1");
        await _host.MoveAsync(TimeSpan.FromMinutes(6));

        Assert.Contains(
            _host.Graph.Messages(ada), mail => mail.Text.Contains("Your vote is counted: for.", StringComparison.Ordinal));
        var row = Assert.Single(await _host.Get<MailStore>().ListAsync("apex", after: null, Cancel).ToListAsync(Cancel));
        Assert.Equal((MailKind.Ballot, "acme", null), (row.Kind, row.CastIn, row.Text));

        // A secret one is erased by whoever reads the mailbox after its receipt has left.
        await _host.MoveAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(secret ? 0 : 1, _host.Graph.Messages(apex.Mailbox, "Processed").Count);
    }
}
