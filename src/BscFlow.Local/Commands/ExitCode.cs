namespace BscFlow.Local.Commands;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command did its work and found what it looks for.</summary>
    public const int Findings = 1;

    /// <summary>Nothing was done: the command, a file or this machine is not as it must be.</summary>
    public const int WrongUse = 2;
}
