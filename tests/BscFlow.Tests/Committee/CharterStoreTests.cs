using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Tests.Committee;

public sealed class CharterStoreTests(AzuriteFixture azurite)
{
    private readonly string _id = AzuriteFixture.NewName();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_put_in_force_while_a_file_is_taken_over_is_kept(bool isNew)
    {
        await new BlobServiceClient(azurite.ConnectionString)
            .GetBlobContainerClient(Keys.ConfigContainer)
            .CreateIfNotExistsAsync(cancellationToken: Cancel);
        var other = new CharterStore(new BlobServiceClient(azurite.ConnectionString), TimeProvider.System);
        if (!isNew)
        {
            await other.TakeOverAsync(Named("First"), Cancel);
        }

        var options = new BlobClientOptions();
        options.AddPolicy(
            new BeforeFirstWrite(() => other.TakeOverAsync(Named("Meanwhile"), Cancel)), HttpPipelinePosition.PerCall);
        var store = new CharterStore(new BlobServiceClient(azurite.ConnectionString, options), TimeProvider.System);

        await store.TakeOverAsync(Named("Last"), Cancel);

        string[] expected = isNew ? ["Last", "Meanwhile"] : ["Last", "Meanwhile", "First"];
        Assert.Equal(
            expected, (await store.HistoryAsync(_id, Cancel)).Select(version => CharterReader.Read(version.Json.Span).Name));
    }

    private byte[] Named(string name) => CharterWriter.Write(Tidewater.Charter with { Id = _id, Name = name });

    /// <summary>What somebody else does between the reading of the charter and its writing.</summary>
    private sealed class BeforeFirstWrite(Func<Task> act) : HttpPipelinePolicy
    {
        private Func<Task>? _act = act;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Method == RequestMethod.Put
                && message.Request.Uri.Path.EndsWith("charter.json", StringComparison.Ordinal)
                && Interlocked.Exchange(ref _act, null) is { } first)
            {
                await first();
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
