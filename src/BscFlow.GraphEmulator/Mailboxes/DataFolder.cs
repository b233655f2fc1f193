using System.Text.Json;

namespace BscFlow.GraphEmulator.Mailboxes;

/// <summary>
/// One JSON file an item. A change of several files happens whole or not at all, also when the process is killed.
/// </summary>
/// <remarks>
/// Several files are first written to a journal, which is renamed into place and then carried out; a journal found at
/// the start is carried out again. Meant to outlive its process, not a power cut: nothing is flushed to the disk.
/// </remarks>
internal sealed class DataFolder
{
    private const string Unfinished = ".new";
    private const string JournalName = "journal.json";
    private readonly string _root;

    /// <exception cref="IOException">The folder cannot be made or read.</exception>
    public DataFolder(string root)
    {
        _root = Path.GetFullPath(root);
        Directory.CreateDirectory(_root);
        if (Read<Dictionary<string, byte[]?>>(JournalName) is { } journal)
        {
            CarryOut(journal);
        }
    }

    private string Journal => Path.Combine(_root, JournalName);

    public T? Read<T>(string path)
        where T : class
    {
        var file = Path.Combine(_root, path);
        return File.Exists(file) ? Parse<T>(file) : null;
    }

    public IEnumerable<T> ReadAll<T>(string folder)
        where T : class
    {
        var directory = Path.Combine(_root, folder);
        return Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.json").Select(Parse<T>) : [];
    }

    /// <param name="records">By path; null deletes.</param>
    public void Write(IReadOnlyDictionary<string, object?> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        var files = records.ToDictionary(pair => pair.Key, pair => Bytes(pair.Value));
        if (files.Count > 1)
        {
            Replace(Journal, JsonSerializer.SerializeToUtf8Bytes(files, StoreJson.Default.DictionaryStringByteArray));
        }

        CarryOut(files);
    }

    private void CarryOut(Dictionary<string, byte[]?> files)
    {
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(_root, path);
            if (content is null)
            {
                File.Delete(file);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            Replace(file, content);
        }

        File.Delete(Journal);
    }

    private static void Replace(string file, byte[] content)
    {
        File.WriteAllBytes(file + Unfinished, content);
        File.Move(file + Unfinished, file, overwrite: true);
    }

    private static byte[]? Bytes(object? record) =>
        record is null ? null : JsonSerializer.SerializeToUtf8Bytes(record, record.GetType(), StoreJson.Default);

    private static T Parse<T>(string file)
        where T : class
    {
        try
        {
            using var stream = File.OpenRead(file);
            return (T?)JsonSerializer.Deserialize(stream, typeof(T), StoreJson.Default)
                ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{file} is not what the emulator wrote: {error.Message}", error);
        }
    }
}
