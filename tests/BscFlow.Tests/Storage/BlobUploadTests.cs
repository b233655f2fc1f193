using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BscFlow.Storage;

namespace BscFlow.Tests.Storage;

public sealed class BlobUploadTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const int Piece = 1024 * 1024;

    private readonly BlobContainerClient _container = new(azurite.ConnectionString, AzuriteFixture.NewName());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private BlockBlobClient Blob => _container.GetBlockBlobClient("written");

    public async ValueTask InitializeAsync() => await _container.CreateAsync(cancellationToken: Cancel);

    public async ValueTask DisposeAsync() => await _container.DeleteAsync(cancellationToken: Cancel);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task A_blob_is_in_its_place_when_all_of_it_is(int pieces)
    {
        await UploadAsync(Write('a', pieces: 1));
        var upload = Write('b', pieces);
        var cutOff = Write('c', pieces: 6);
        await upload(false);
        await cutOff(false);

        Assert.Equal(new string('a', Piece), await ReadAsync());

        await UploadAsync(upload);
        Assert.Equal(new string('b', pieces * Piece), await ReadAsync());
        Assert.Equal("text/x", (await Blob.GetPropertiesAsync(cancellationToken: Cancel)).Value.ContentType);
    }

    [Fact]
    public async Task Two_who_write_the_same_at_the_same_moment_both_succeed()
    {
        var (one, other) = (Write('a', pieces: 9), Write('a', pieces: 9));
        await one(false);
        await other(false);

        await one(true);
        await other(true);

        Assert.Equal(new string('a', 9 * Piece), await ReadAsync());
    }

    [Fact]
    public async Task Of_two_who_write_something_else_one_succeeds_and_the_other_is_told()
    {
        var (one, other) = (Write('a', pieces: 9), Write('b', pieces: 9));
        await one(false);
        await other(false);

        await one(true);
        Assert.Equal(400, (await Assert.ThrowsAsync<RequestFailedException>(() => other(true))).Status);

        Assert.Equal(new string('a', 9 * Piece), await ReadAsync());
    }

    private static Task UploadAsync(Func<bool, Task> upload) => upload(true);

    /// <returns>Writes all pieces when it is called first, and commits them when it is told to.</returns>
    private Func<bool, Task> Write(char letter, int pieces)
    {
        var upload = new BlobUpload(Blob, "text/x");
        var left = pieces;
        return async commit =>
        {
            for (; left > 0; left--)
            {
                await upload.AppendAsync(Enumerable.Repeat((byte)letter, Piece).ToArray(), Cancel);
            }

            if (commit)
            {
                await upload.CommitAsync(Cancel);
            }
        };
    }

    private async Task<string> ReadAsync() => (await Blob.DownloadContentAsync(Cancel)).Value.Content.ToString();
}
