using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace BscFlow.Tests.Scenarios;

/// <summary>How much memory another .NET process of this machine needs.</summary>
internal static class ProcessMemory
{
    /// <summary>GCHeapCollect of the runtime's own events: a session that asks for it begins with a full collection.</summary>
    private const long Collect = 0x800000;

    /// <summary>Bytes of the working set once what is garbage is gone.</summary>
    public static async Task<long> AfterCollectionAsync(int process, CancellationToken cancellationToken)
    {
        // Each collection gives back more of what the one before found free.
        for (var round = 0; round < 3; round++)
        {
            using var session = await new DiagnosticsClient(process).StartEventPipeSessionAsync(
                [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Informational, Collect)],
                requestRundown: false,
                token: cancellationToken);
            var events = session.EventStream.CopyToAsync(Stream.Null, cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
            await session.StopAsync(cancellationToken);
            await events;
        }

        using var measured = Process.GetProcessById(process);
        return measured.WorkingSet64;
    }
}
