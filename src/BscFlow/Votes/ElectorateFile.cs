using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;

namespace BscFlow.Votes;

/// <summary>An electorate as it is kept: the JSON of the record, written and read piece by piece.</summary>
internal static class ElectorateFile
{
    private const int MostPending = 64 * 1024;

    /// <param name="append">Takes the next bytes; they are its own until it comes back.</param>
    public static async Task WriteAsync(
        Electorate electorate,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> append,
        CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> pending = new(MostPending);
        await using var json = new Utf8JsonWriter(pending);
        json.WriteStartObject();
        json.WriteStartArray("members");
        foreach (var elector in electorate.Members)
        {
            JsonSerializer.Serialize(json, elector, MotionJson.Default.Elector);
            if (json.BytesPending + pending.WrittenCount > MostPending)
            {
                await FlushAsync();
            }
        }

        json.WriteEndArray();
        json.WriteString("subject", electorate.Subject);
        if (electorate.Unnamed is { } unnamed)
        {
            json.WriteNumber("unnamed", unnamed);
        }

        json.WriteEndObject();
        await FlushAsync();

        async ValueTask FlushAsync()
        {
            await json.FlushAsync(cancellationToken);
            await append(pending.WrittenMemory, cancellationToken);
            pending.ResetWrittenCount();
        }
    }

    /// <exception cref="JsonException">It is no electorate.</exception>
    public static async Task<Electorate> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var parts = new Parts();
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: MostPending, leaveOpen: true));
        try
        {
            bool isLast;
            do
            {
                var read = await reader.ReadAsync(cancellationToken);
                isLast = read.IsCompleted;
                reader.AdvanceTo(parts.Read(read.Buffer, isLast), read.Buffer.End);
            }
            while (!isLast);
        }
        finally
        {
            await reader.CompleteAsync();
        }

        return parts.Electorate();
    }

    /// <summary>What was read of one so far.</summary>
    private sealed class Parts
    {
        /// <summary>How deep in the file a voter stands.</summary>
        private const int Voter = 2;

        private readonly ElectorBytes _members = new();
        private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);
        private JsonReaderState _state;
        private string _property = "";
        private int? _unnamed;

        /// <returns>Up to where it was read.</returns>
        public SequencePosition Read(ReadOnlySequence<byte> bytes, bool isLast)
        {
            var json = new Utf8JsonReader(bytes, isLast, _state);
            while (json.Read())
            {
                switch (json.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        _property = NameIn(ref json);
                        break;
                    case JsonTokenType.String:
                        _texts[_property] = json.GetString();
                        break;
                    case JsonTokenType.Number:
                        _unnamed = json.GetInt32();
                        break;
                    case JsonTokenType.EndObject when json.CurrentDepth == Voter:
                        _members.Add(new Elector(Take("id"), Take("name"), _texts.GetValueOrDefault("address")));
                        _texts.Remove("address");
                        break;
                }
            }

            _state = json.CurrentState;
            return json.Position;
        }

        public Electorate Electorate() => new()
        {
            Members = new Electors(_members),
            Subject = _texts.GetValueOrDefault("subject"),
            Unnamed = _unnamed,
        };

        private string Take(string property) =>
            _texts.Remove(property, out var text) && text is not null
                ? text
                : throw new JsonException($"a voter has no {property}");

        private static string NameIn(ref Utf8JsonReader json) =>
            json.ValueTextEquals("id"u8) ? "id"
            : json.ValueTextEquals("name"u8) ? "name"
            : json.ValueTextEquals("address"u8) ? "address"
            : json.GetString()!;
    }
}
