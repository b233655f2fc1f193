using BscFlow.GraphEmulator;
using BscFlow.Mail;
using Microsoft.Extensions.Options;

namespace BscFlow.Tests.Mail;

/// <summary>A Graph with the mailboxes of <see cref="Charters.Small"/>, and the product's own way into it.</summary>
internal sealed class PostOffice : IAsyncDisposable
{
    public const string Committee = "small@committee.example";
    public const string Ada = "ada@members.example";
    public const string Ben = "ben@members.example";

    private readonly GraphConnection _connection;

    private PostOffice(GraphEmulatorHost host)
    {
        Host = host;
        _connection = new(Options.Create(new GraphOptions
        {
            Address = new(host.Address, "v1.0"),
            Credential = GraphCredential.FixedToken,
            Token = "app",
        }));
        Mailbox = new(_connection);
    }

    public GraphEmulatorHost Host { get; }

    public GraphMailbox Mailbox { get; }

    public static async Task<PostOffice> StartAsync() => new(await GraphEmulatorHost.StartAsync(
        new()
        {
            Mailboxes = [new(Committee, "Small Committee"), new(Ada, "Ada Ash"), new(Ben, "Ben Birch")],
            AppAccess = [Committee],
        },
        TestContext.Current.CancellationToken));

    /// <summary>The one mail in Ada's inbox.</summary>
    public MailboxMessage InboxOfAda() => Assert.Single(Host.Messages(Ada));

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await Host.DisposeAsync();
    }

    public static OutgoingMail ToAda(string key) => new()
    {
        Key = key,
        To = [new("Ada Ash", Ada)],
        Subject = "Small Committee meeting #1",
        Html = "<p>The <strong>agenda</strong></p>",
        Text = "The agenda",
    };
}
