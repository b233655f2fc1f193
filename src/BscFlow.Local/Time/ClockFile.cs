using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Local.Time;

/// <summary>Keeps how far a <see cref="MovableClock"/> was moved.</summary>
public sealed class ClockFile(string path)
{
    /// <summary>Null where there is none yet.</summary>
    /// <exception cref="InvalidDataException">The file is not one that a clock has written.</exception>
    public TimeSpan? Read()
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LocalJson.Default.ClockOffset)?.Offset
                ?? throw new JsonException("nothing in it");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(
                $"{path}: not a clock's file ({e.Message}); delete it to start at the present time", e);
        }
    }

    /// <remarks>By a rename, so that there is always the old one or the new one.</remarks>
    public void Write(TimeSpan offset)
    {
        var part = $"{path}.part";
        File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(new ClockOffset(offset), LocalJson.Default.ClockOffset));
        File.Move(part, path, overwrite: true);
    }
}

/// <summary>The file's content.</summary>
/// <param name="Offset">How far the clock is from the real one.</param>
internal sealed record ClockOffset([property: JsonRequired] TimeSpan Offset);
