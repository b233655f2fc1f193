using System.Buffers;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace BscFlow.Storage;

/// <summary>
/// A blob that is written piece by piece, and is in its place only when all of it is: what is not committed is nowhere.
/// </summary>
/// <remarks>
/// Pieces are named by what they are, so that two processes that write the same at the same moment do not take each other's away,
/// and two that write something else do not mix theirs: the later one finds its pieces gone.
/// </remarks>
internal sealed class BlobUpload(BlockBlobClient blob, string contentType)
{
    private const int BlockBytes = 4 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _block = new();
    private readonly List<string> _blocks = [];

    public async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (_block.WrittenCount > 0 && _block.WrittenCount + bytes.Length > BlockBytes)
        {
            await StageAsync(cancellationToken);
        }

        _block.Write(bytes.Span);
    }

    /// <summary>Puts the blob in its place. Of a small one it is the only request.</summary>
    /// <exception cref="RequestFailedException">400: somebody else put another one there meanwhile.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var headers = new BlobHttpHeaders { ContentType = contentType };
        if (_blocks.Count == 0)
        {
            await blob.UploadAsync(Block(), new BlobUploadOptions { HttpHeaders = headers }, cancellationToken);
            return;
        }

        if (_block.WrittenCount > 0)
        {
            await StageAsync(cancellationToken);
        }

        await blob.CommitBlockListAsync(_blocks, new CommitBlockListOptions { HttpHeaders = headers }, cancellationToken);
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        var id = Convert.ToBase64String([.. BitConverter.GetBytes(_blocks.Count), .. SHA256.HashData(_block.WrittenSpan)]);
        await blob.StageBlockAsync(id, Block(), cancellationToken: cancellationToken);
        _blocks.Add(id);
        _block.ResetWrittenCount();
    }

    private Stream Block() => BinaryData.FromBytes(_block.WrittenMemory).ToStream();
}
