namespace BscFlow.Local.Running;

/// <summary>What a run is told on the command line.</summary>
public sealed record RunOptions
{
    /// <summary>Files or folders; none: the sample that comes with the program.</summary>
    public required IReadOnlyList<string> Charters { get; init; }

    /// <summary>Minutes to import: a folder, or with several committees one in which each has a folder named by its id.</summary>
    public string? Archive { get; init; }

    /// <summary>Whether the git repository of the minutes tells when they were published.</summary>
    public bool Git { get; init; }

    /// <summary>Connection string of a storage account; null: Azurite is started.</summary>
    public string? Storage { get; init; }

    /// <summary>A Graph that runs already; null: the emulator is started.</summary>
    public Uri? Graph { get; init; }

    /// <summary>Bearer token for <see cref="Graph"/>.</summary>
    public string? GraphToken { get; init; }

    /// <summary>On the loopback address; 0 takes a free one.</summary>
    public required int Port { get; init; }

    /// <summary>Where the clock begins; one that has gone past it already stays.</summary>
    public string? Now { get; init; }

    public required string Data { get; init; }

    /// <summary>Forget what earlier runs have left in <see cref="Data"/>.</summary>
    public bool Fresh { get; init; }

    /// <summary>Written when the site is served.</summary>
    public string? ReadyFile { get; init; }
}
