using System.Text.Json;

namespace BscFlow.Local.Running;

/// <summary>Where a run can be reached. A program reads it from the file that <c>--ready-file</c> names.</summary>
/// <param name="Desk">Opens the desk to whoever follows it.</param>
/// <param name="DeskKey">For the header of the programming interface.</param>
/// <param name="Mailboxes">Null where mail is not the emulator's.</param>
/// <param name="Graph">With the version.</param>
/// <param name="Storage">Connection string.</param>
/// <param name="Now">What the clock showed at the start, in <paramref name="Zone"/>.</param>
/// <param name="Zone">Of the first committee.</param>
public sealed record RunAddresses(
    Uri Site, Uri Desk, string DeskKey, Uri? Mailboxes, Uri Graph, string Storage, DateTimeOffset Now, string Zone)
{
    /// <summary>By a rename, so that who waits for the file finds all of it.</summary>
    public async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        var part = $"{path}.part";
        await File.WriteAllBytesAsync(
            part, JsonSerializer.SerializeToUtf8Bytes(this, LocalJson.Default.RunAddresses), cancellationToken);
        File.Move(part, path, overwrite: true);
    }

    /// <exception cref="JsonException">The file is not one that a run wrote.</exception>
    public static async Task<RunAddresses> ReadAsync(string path, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), LocalJson.Default.RunAddresses)
        ?? throw new JsonException($"{path} is empty.");
}
