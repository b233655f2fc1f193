using Azure.Core;
using Azure.Core.Pipeline;

namespace BscFlow.Tests.Votes;

/// <summary>The process dies here.</summary>
internal sealed class KilledException : Exception;

/// <summary>
/// Ends a process, as far as storage can tell, before a write of its choice: that write and all later ones fail.
/// </summary>
internal sealed class KillSwitch : HttpPipelinePolicy
{
    private int _left = int.MaxValue;
    private int _requests;

    /// <summary>How often storage was asked.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Whether it was tripped.</summary>
    public bool Killed => Volatile.Read(ref _left) < 0;

    /// <param name="writes">How many writes still succeed.</param>
    public void KillAfter(int writes) => Volatile.Write(ref _left, writes);

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
        Interlocked.Increment(ref _requests);
        if (message.Request.Method != RequestMethod.Get
            && message.Request.Method != RequestMethod.Head
            && Volatile.Read(ref _left) != int.MaxValue
            && Interlocked.Decrement(ref _left) < 0)
        {
            throw new KilledException();
        }
    }
}
