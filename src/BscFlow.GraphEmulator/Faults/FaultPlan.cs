using System.IO.Enumeration;

namespace BscFlow.GraphEmulator.Faults;

/// <summary>The faults that wait. Safe for parallel calls: a fault hits exactly as often as it says.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<Fault> _armed = [];

    /// <summary>What still waits, with the counts that are left.</summary>
    public IReadOnlyList<Fault> Armed
    {
        get
        {
            lock (_gate)
            {
                return [.. _armed];
            }
        }
    }

    public void Arm(Fault fault)
    {
        lock (_gate)
        {
            _armed.Add(fault);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _armed.Clear();
        }
    }

    /// <summary>The first waiting fault of these kinds for this call, used up by one; null when none is due.</summary>
    internal Fault? Take(string method, string path, params ReadOnlySpan<FaultKind> kinds)
    {
        lock (_gate)
        {
            for (var i = 0; i < _armed.Count; i++)
            {
                var fault = _armed[i];
                if (!kinds.Contains(fault.Kind)
                    || !(fault.Method == "*" || fault.Method.Equals(method, StringComparison.OrdinalIgnoreCase))
                    || !FileSystemName.MatchesSimpleExpression(fault.Path, path))
                {
                    continue;
                }

                if (fault.After > 0)
                {
                    _armed[i] = fault with { After = fault.After - 1 };
                    continue;
                }

                if (fault.Times > 1)
                {
                    _armed[i] = fault with { Times = fault.Times - 1 };
                }
                else
                {
                    _armed.RemoveAt(i);
                }

                return fault;
            }

            return null;
        }
    }
}
