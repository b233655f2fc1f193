using BscFlow.GraphEmulator.Faults;

namespace BscFlow.GraphEmulator.Endpoints;

/// <summary>A Graph call that was answered, or not.</summary>
/// <param name="Path">Without <c>/v1.0</c>, in the plain spelling.</param>
/// <param name="Query">As it came, decoded; empty without one.</param>
/// <param name="Status">What the client was told; 0 when the connection broke.</param>
/// <param name="Fault">The fault that hit it.</param>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Path, string Query, int Status, FaultKind? Fault);

/// <summary>The last calls, oldest first.</summary>
internal sealed class RequestLog
{
    private const int Kept = 5000;
    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> requests = [];

    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (gate)
            {
                return [.. requests];
            }
        }
    }

    public void Add(LoggedRequest request)
    {
        lock (gate)
        {
            requests.Enqueue(request);
            if (requests.Count > Kept)
            {
                requests.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
        }
    }
}
