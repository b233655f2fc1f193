using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using BscFlow.Mail;
using BscFlow.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>The process was killed: nothing that it had begun goes on.</summary>
internal sealed class KilledException : Exception;

/// <summary>How long a process lives, in requests to storage and to the mailbox.</summary>
/// <param name="ends">Null: for ever.</param>
internal sealed class Life(int? ends)
{
    private int _left = ends ?? int.MaxValue;

    public bool IsOver => Volatile.Read(ref _left) <= 0;

    /// <summary>Before a request is sent, and again before its answer is seen.</summary>
    /// <exception cref="KilledException"></exception>
    public void Tick()
    {
        if (ends is not null && Interlocked.Decrement(ref _left) <= 0)
        {
            throw new KilledException();
        }
    }
}

/// <summary>All services of one process, which ends at any request; whatever it had sent by then has happened.</summary>
internal sealed class CampaignProcess : IAsyncDisposable
{
    private readonly WebApplication _app;

    public CampaignProcess(string worker, string storage, Uri graph, TimeProvider clock, Life life)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var transport = new HttpClientTransport(new HttpClient(new MortalHandler(life)));
        builder.Services
            .AddSingleton(clock)
            .AddSingleton(new WorkerProcess(worker))
            .AddBscFlow(options =>
            {
                options.Storage = storage;
                options.SiteAddress = new Uri("https://committee.example/");
                options.DeskKey = "0123456789abcdef0123456789abcdef";
                options.Graph = new GraphOptions { Address = new(graph, "v1.0"), Credential = GraphCredential.FixedToken, Token = "app" };
            })
            .AddSingleton(new TableServiceClient(storage, new TableClientOptions { Transport = transport }))
            .AddSingleton(new BlobServiceClient(storage, new BlobClientOptions { Transport = transport }))
            .AddSingleton<IMailbox>(services => new MortalMailbox(
                new GraphMailbox(services.GetRequiredService<GraphConnection>()), life));
        _app = builder.Build();
    }

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed class MortalHandler(Life life) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            life.Tick();
            var answer = await base.SendAsync(request, cancellationToken);
            life.Tick();
            return answer;
        }
    }

    private sealed class MortalMailbox(GraphMailbox inner, Life life) : IMailbox
    {
        public Task<SentMail> SendOnceAsync(
            string mailbox, OutgoingMail mail, string? inReplyTo, CancellationToken cancellationToken) =>
            Live(() => inner.SendOnceAsync(mailbox, mail, inReplyTo, cancellationToken));

        public Task<SentMail?> FindSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
            Live(() => inner.FindSentAsync(mailbox, key, cancellationToken));

        public Task<string> InviteAsync(string mailbox, Invitation invitation, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task CancelInvitationAsync(string mailbox, string eventId, string comment, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<InvitationAnswer>> GetAnswersAsync(
            string mailbox, string eventId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<InboxPage?> ReadInboxAsync(
            string mailbox, string? link, DateTimeOffset since, CancellationToken cancellationToken) =>
            Live(() => inner.ReadInboxAsync(mailbox, link, since, cancellationToken));

        public Task<InboxItem?> FindItemAsync(string mailbox, string id, CancellationToken cancellationToken) =>
            Live(() => inner.FindItemAsync(mailbox, id, cancellationToken));

        public Task<byte[]?> ReadRawAsync(string mailbox, string id, int most, CancellationToken cancellationToken) =>
            Live(() => inner.ReadRawAsync(mailbox, id, most, cancellationToken));

        public Task<bool> StreamRawAsync(
            string mailbox, string id, Func<Stream, CancellationToken, Task> take, CancellationToken cancellationToken) =>
            Live(() => inner.StreamRawAsync(mailbox, id, take, cancellationToken));

        public Task FileAsync(string mailbox, string id, CancellationToken cancellationToken) =>
            Live(() => Done(inner.FileAsync(mailbox, id, cancellationToken)));

        public Task EraseAsync(string mailbox, string id, CancellationToken cancellationToken) =>
            Live(() => Done(inner.EraseAsync(mailbox, id, cancellationToken)));

        public Task EraseSentAsync(string mailbox, string key, CancellationToken cancellationToken) =>
            Live(() => Done(inner.EraseSentAsync(mailbox, key, cancellationToken)));

        public Task<string> SubscribeAsync(string mailbox, SubscriptionWish wish, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task UnsubscribeAsync(string subscription, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> RenewSubscriptionAsync(
            string subscription, DateTimeOffset expires, CancellationToken cancellationToken) =>
                throw new NotSupportedException();

        private async Task<T> Live<T>(Func<Task<T>> request)
        {
            life.Tick();
            var answer = await request();
            life.Tick();
            return answer;
        }

        private static async Task<bool> Done(Task task)
        {
            await task;
            return true;
        }
    }
}
