using System.Globalization;

namespace BscFlow.Local.Commands;

/// <summary>How far a command has come, on one line of a terminal that is written over.</summary>
internal sealed class ProgressLine(TextWriter terminal, string what) : IProgress<int>
{
    private const string ClearLine = "\r\u001b[K";

    private readonly Lock _lock = new();
    private int _shown;

    /// <returns>Null where nobody looks on.</returns>
    public static ProgressLine? On(TextWriter terminal, string what) =>
        Console.IsErrorRedirected ? null : new ProgressLine(terminal, what);

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

    /// <summary>Leaves the line to others; what is reported next begins again.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _shown = 0;
            terminal.Write(ClearLine);
        }
    }
}
