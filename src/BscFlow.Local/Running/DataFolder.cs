using System.Security.Cryptography;
using BscFlow.Local.Azurite;
using BscFlow.Storage;

namespace BscFlow.Local.Running;

/// <summary>The folder in which a run keeps everything, held by one run at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly string _path;
    private readonly FileStream _held;

    private DataFolder(string path, FileStream held)
    {
        _path = path;
        _held = held;
    }

    /// <summary>Data of Azurite.</summary>
    public string Storage => Path.Combine(_path, "storage");

    /// <summary>Data of the Graph emulator.</summary>
    public string Graph => Path.Combine(_path, "graph");

    /// <summary>How far the clock was moved.</summary>
    public string Clock => Path.Combine(_path, "clock.json");

    /// <summary>
    /// A run that was killed goes on with the mails that it had begun: one run at a time holds the folder, so nobody else of this
    /// name could be sending them. Another run on the same storage account has another folder, and another name.
    /// </summary>
    public WorkerProcess Worker => new(Secret("worker"));

    /// <summary>Whether a run has kept its data there.</summary>
    public static bool Is(string path) => File.Exists(MarkOf(Path.GetFullPath(path)));

    /// <summary>Takes the folder, makes it if it is not there, and with <paramref name="fresh"/> empties it first.</summary>
    /// <remarks>The system lets go of it when this process ends in any way.</remarks>
    /// <exception cref="RefusalException">Another run holds it, it cannot be written, or it is not a run's folder.</exception>
    public static async Task<DataFolder> TakeAsync(string path, bool fresh, CancellationToken cancellationToken)
    {
        path = Path.GetFullPath(path);
        var mark = MarkOf(path);
        if (Directory.Exists(path) && !File.Exists(mark) && Directory.EnumerateFileSystemEntries(path).Any())
        {
            throw new RefusalException(
                $"{path}: is not a data folder of bscflow, and it is not empty; give another one with --data");
        }

        FileStream held;
        try
        {
            Directory.CreateDirectory(path);
            held = new FileStream(mark, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new RefusalException($"{path}: cannot be written; give another folder with --data", e);
        }
        catch (IOException e)
        {
            throw new RefusalException(
                $"{path}: {(File.Exists(mark) ? "another run uses this folder" : "cannot be made or written")}; give another one with --data",
                e);
        }

        var folder = new DataFolder(path, held);
        if (fresh)
        {
            await AzuriteProcess.WaitForFormerAsync(folder.Storage, cancellationToken);
            folder.Empty(mark);
        }

        return folder;
    }

    private static string MarkOf(string path) => Path.Combine(path, "bscflow.lock");

    private void Empty(string mark)
    {
        try
        {
            foreach (var directory in Directory.EnumerateDirectories(_path))
            {
                Directory.Delete(directory, recursive: true);
            }

            foreach (var file in Directory.EnumerateFiles(_path).Where(file => file != mark))
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            throw new RefusalException($"--fresh: {_path} cannot be emptied ({e.Message})", e);
        }
    }

    /// <summary>A secret that stays the same from run to run, so that a link or a session goes on working.</summary>
    /// <param name="name">Of the file that holds it.</param>
    /// <param name="first">What it is to be in a new folder; without it, a random one.</param>
    public string Secret(string name, string? first = null)
    {
        var file = Path.Combine(_path, name);
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var writer = new StreamWriter($"{file}.part", options))
            {
                writer.Write(first ?? RandomNumberGenerator.GetHexString(40, lowercase: true));
            }

            File.Move($"{file}.part", file, overwrite: true);
        }

        return File.ReadAllText(file);
    }

    public void Dispose() => _held.Dispose();
}
