using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Publishing;

public sealed class BlobSiteTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _committee = AzuriteFixture.NewName();
    private readonly BlobServiceClient _blobs = new(azurite.ConnectionString);

    private BlobContainerClient Container => _blobs.GetBlobContainerClient(Keys.SiteContainer);

    private BlobSite Target => new(_blobs, new SiteCache(_blobs, TimeProvider.System));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Container.CreateIfNotExistsAsync(cancellationToken: Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task What_was_published_is_there_with_its_headers()
    {
        Assert.Equal(new Publication(2, 0, 0), await PublishAsync(Page("a.html", "one"), Page("meetings/b.html", "two")));

        var blob = await Container.GetBlobClient($"{_committee}/meetings/b.html").DownloadContentAsync(Cancel);
        Assert.Equal("two", blob.Value.Content.ToString());
        Assert.Equal(("text/html", "no-cache"), (blob.Value.Details.ContentType, blob.Value.Details.CacheControl));
    }

    [Fact]
    public async Task A_large_file_that_lies_elsewhere_is_passed_on_and_not_held()
    {
        const int Bytes = 40_000_000;
        using var content = new ZeroStream(Bytes);
        var ahead = new ReadAhead(content);
        var options = new BlobClientOptions();
        options.AddPolicy(ahead, HttpPipelinePosition.PerCall);
        BlobServiceClient blobs = new(azurite.ConnectionString, options);
        var file = new SiteFile(
            "tally.json", "application/json", SiteStage.Asset, () => "hash", _ => Task.FromResult<Stream>(content));

        await new BlobSite(blobs, new SiteCache(blobs, TimeProvider.System)).PublishAsync(_committee, [file], progress: null, Cancel);

        Assert.InRange(ahead.Most, 1, 16 * 1024 * 1024);
        var blob = await Container.GetBlobClient($"{_committee}/tally.json").GetPropertiesAsync(cancellationToken: Cancel);
        Assert.Equal((Bytes, "application/json"), (blob.Value.ContentLength, blob.Value.ContentType));
    }

    [Fact]
    public async Task A_second_publication_of_the_same_writes_nothing()
    {
        await PublishAsync(Page("a.html", "one"), Page("b.html", "two"));
        var before = await ETagsAsync();

        Assert.Equal(new Publication(0, 2, 0), await PublishAsync(Page("a.html", "one"), Page("b.html", "two")));
        Assert.Equal(before, await ETagsAsync());
    }

    [Fact]
    public async Task Only_what_changed_is_written_and_what_is_gone_is_removed()
    {
        await PublishAsync(Page("a.html", "one"), Page("b.html", "two"), Page("c.html", "three"));

        Assert.Equal(new Publication(1, 1, 1), await PublishAsync(Page("a.html", "one"), Page("b.html", "changed")));
        Assert.Equal([$"{_committee}/a.html", $"{_committee}/b.html"], (await ETagsAsync()).Keys);
    }

    [Fact]
    public async Task A_file_whose_type_changed_is_written()
    {
        await PublishAsync(Page("a", "one"));

        Assert.Equal(1, (await PublishAsync(new SiteFile("a", "text/plain", SiteStage.Page, "one"u8.ToArray()))).Written);
    }

    [Fact]
    public async Task Another_committees_site_is_left_alone()
    {
        await PublishAsync(Page("a.html", "one"));

        await Target.PublishAsync($"{_committee}x", [Page("b.html", "two")], progress: null, Cancel);

        Assert.Equal([$"{_committee}/a.html"], (await ETagsAsync($"{_committee}/")).Keys);
    }

    [Fact]
    public async Task After_a_failure_the_old_indexes_stand_and_nothing_is_removed()
    {
        await PublishAsync(Page("old.html", "old"), new SiteFile("index.html", "text/html", SiteStage.Index, "old"u8.ToArray()));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Target.PublishAsync(_committee, Failing(), progress: null, Cancel));

        var index = await Container.GetBlobClient($"{_committee}/index.html").DownloadContentAsync(Cancel);
        Assert.Equal("old", index.Value.Content.ToString());
        Assert.Contains($"{_committee}/old.html", (await ETagsAsync()).Keys);
    }

    /// <remarks>Each writes one request more than the one before, until one comes to its end.</remarks>
    [Fact]
    public async Task Wherever_a_publication_is_killed_the_next_one_has_every_reader_read_anew()
    {
        var killed = true;
        for (var writes = 0; killed; writes++)
        {
            var committee = AzuriteFixture.NewName();
            await Target.PublishAsync(committee, Site("old"), progress: null, Cancel);
            var clock = new FakeTimeProvider();
            var elsewhere = new SiteCache(_blobs, clock);
            Assert.Equal(["old", "old"], await ReadAsync());

            var kill = new KillSwitch();
            var options = new BlobClientOptions();
            options.AddPolicy(kill, HttpPipelinePosition.PerCall);
            BlobServiceClient dying = new(azurite.ConnectionString, options);
            kill.KillAfter(writes);
            try
            {
                await new BlobSite(dying, new SiteCache(dying, clock)).PublishAsync(committee, Site("new"), progress: null, Cancel);
            }
            catch (KilledException)
            {
                // Whoever looks meanwhile has some of it in memory.
                await ReadAsync();
            }

            killed = kill.Killed;
            await Target.PublishAsync(committee, Site("new"), progress: null, Cancel);

            Assert.Equal(["new", "new"], await ReadAsync());

            async Task<string[]> ReadAsync()
            {
                clock.Advance(TimeSpan.FromSeconds(11));
                return [await TextAsync("a.html"), await TextAsync("index.html")];
            }

            async Task<string> TextAsync(string file) =>
                Encoding.UTF8.GetString((await elsewhere.FindAsync($"/{committee}/{file}", committee, file, Cancel))!.Content);
        }
    }

    [Fact]
    public async Task Nothing_is_under_way_any_more_when_a_publication_has_failed()
    {
        var failing = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new WritesAfter(failing.Task);
        var options = new BlobClientOptions();
        options.AddPolicy(slow, HttpPipelinePosition.PerCall);
        BlobServiceClient blobs = new(azurite.ConnectionString, options);

        await Assert.ThrowsAsync<InvalidOperationException>(() => new BlobSite(blobs, new SiteCache(blobs, TimeProvider.System))
            .PublishAsync(_committee, Failing(failing.SetResult), progress: null, Cancel));

        Assert.Equal((1, 1), (slow.Begun, slow.Ended));
    }

    private static IEnumerable<SiteFile> Site(string text) =>
        [Page("a.html", text), new SiteFile("index.html", "text/html", SiteStage.Index, Encoding.UTF8.GetBytes(text))];

    /// <summary>Holds back the writing of pages.</summary>
    private sealed class WritesAfter(Task moment) : HttpPipelinePolicy
    {
        private int _begun;
        private int _ended;

        public int Begun => Volatile.Read(ref _begun);

        public int Ended => Volatile.Read(ref _ended);

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (!message.Request.Uri.Path.EndsWith(".html", StringComparison.Ordinal))
            {
                await ProcessNextAsync(message, pipeline);
                return;
            }

            Interlocked.Increment(ref _begun);
            await moment;
            await ProcessNextAsync(message, pipeline);
            Interlocked.Increment(ref _ended);
        }
    }

    private static IEnumerable<SiteFile> Failing(Action? failing = null)
    {
        yield return Page("new.html", "new");
        failing?.Invoke();
        throw new InvalidOperationException("The page cannot be rendered.");
    }

    private Task<Publication> PublishAsync(params SiteFile[] files) =>
        Target.PublishAsync(_committee, files, progress: null, Cancel);

    private Task<SortedDictionary<string, string>> ETagsAsync() => ETagsAsync($"{_committee}/");

    private async Task<SortedDictionary<string, string>> ETagsAsync(string prefix)
    {
        SortedDictionary<string, string> tags = new(StringComparer.Ordinal);
        await foreach (var blob in Container.GetBlobsAsync(new() { Prefix = prefix }, Cancel))
        {
            tags.Add(blob.Name, blob.Properties.ETag.ToString()!);
        }

        return tags;
    }

    internal static SiteFile Page(string path, string text) =>
        new(path, "text/html", SiteStage.Page, Encoding.UTF8.GetBytes(text));
}

/// <summary>How many bytes of a stream were read that had not been sent when a request began.</summary>
file sealed class ReadAhead(Stream content) : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private long _sent;

    public long Most { get; private set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Count(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Count(HttpMessage message)
    {
        lock (_gate)
        {
            Most = Math.Max(Most, content.Position - _sent);
            _sent += message.Request.Content?.TryComputeLength(out var length) is true ? length : 0;
        }
    }
}

/// <summary>Zeros, which cannot be sought in.</summary>
file sealed class ZeroStream(long length) : Stream
{
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Interlocked.Read(ref _position);
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = (int)Math.Min(count, length - _position);
        buffer.AsSpan(offset, read).Clear();
        Interlocked.Add(ref _position, read);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
