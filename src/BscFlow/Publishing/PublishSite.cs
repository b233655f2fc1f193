using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Publishing;

/// <summary>
/// Renders a committee's site from what is stored and puts it wherever it is published; only what changed is read, rendered and
/// written.
/// </summary>
/// <remarks>
/// One publication of a committee at a time: of two, the one that read first and ends last would put old pages over new ones, and take
/// away those that it does not know.
/// </remarks>
public sealed class PublishSite(
    ReadArchive archives, SiteDigests digests, Site site, BlobLeases leases, IEnumerable<IPublishingTarget> targets)
{
    public async Task RunAsync(Charter charter, CancellationToken cancellationToken)
    {
        await using var turn = await leases.TakeAsync(Keys.SiteContainer, Keys.SiteLease(charter.Id), cancellationToken);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Lost);
        await PublishAsync(charter, end.Token);
    }

    private async Task PublishAsync(Charter charter, CancellationToken cancellationToken)
    {
        var last = await digests.FindAsync(charter.Id, cancellationToken);
        var archive = await archives.RunAsync(charter, SiteDigest.Read(last), cancellationToken);
        SiteDigest? digest = null;
        foreach (var target in targets)
        {
            var plan = site.Plan(archive, await SiteBefore.AtAsync(target, charter.Id, cancellationToken));
            await target.PublishAsync(charter.Id, plan.Files(), progress: null, cancellationToken);
            digest ??= plan.Digest();
        }

        // Last: what it says of the files is true of all that are in place.
        if (digest?.Write() is { } now && (last is null || !now.AsSpan().SequenceEqual(last)))
        {
            await digests.SaveAsync(charter.Id, now, cancellationToken);
        }
    }
}
