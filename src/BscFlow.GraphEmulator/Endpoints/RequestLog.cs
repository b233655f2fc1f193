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
    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _requests = [];

    public IReadOnlyList<LoggedRequest> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _requests];
            }
        }
    }

    public void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            if (_requests.Count > Kept)
            {
                _requests.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }
}
