using System.Globalization;

namespace BscFlow.Local.Commands;

/// <summary>How far a command has come, on one line of a terminal that is written over.</summary>
internal sealed class ProgressLine(TextWriter terminal, string what) : IProgress<int>
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private int _shown;

    public void Report(int value)
    {
        lock (_lock)
        {
            if (value > _shown)
            {
                _shown = value;
                terminal.Write(string.Create(CultureInfo.InvariantCulture, $"{ClearLine}{value} {what}"));
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            terminal.Write(ClearLine);
        }
    }
}
