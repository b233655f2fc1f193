using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Votes.Tallies;

/// <summary>The form of <c>tally.json</c>: one form only, so that any changed byte shows.</summary>
/// <remarks>
/// UTF-8, two blanks a level, <c>\n</c>, fields in the order of <see cref="Tally"/>, a line end at its end. So each ballot is a
/// few lines of its own, between a line that begins it and one that ends it: <see cref="TallyWriter"/> writes and
/// <see cref="TallyScan"/> reads a file of any length without holding it.
/// </remarks>
public static class TallyFile
{
    /// <summary>Reads a whole file without checking it; <see cref="Recount"/> checks.</summary>
    /// <exception cref="JsonException">It is no tally.</exception>
    public static Tally Read(ReadOnlySpan<byte> json)
    {
        var tally = JsonSerializer.Deserialize(json, TallyJson.Canonical.Tally)
            ?? throw new JsonException("a tally is an object");
        return HasGap(tally.Ballots) || HasGap(tally.Receipts) || HasGap(tally.Present ?? [])
            || (tally.Options is { } options && HasGap(options))
            ? throw new JsonException("a line of it is null")
            : tally;
    }

    private static bool HasGap(OptionVote vote) =>
        HasGap(vote.Options) || HasGap(vote.Caps) || HasGap(vote.Chair) || vote.Options.Any(option => HasGap(option.Recused));

    /// <summary>The serializer checks fields against null, and not what stands in lists.</summary>
    private static bool HasGap<T>(IEnumerable<T?> lines)
        where T : class => lines.Any(line => line is null);
}

[JsonSerializable(typeof(Tally))]
[JsonSerializable(typeof(Elector))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    NewLine = "\n",
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class TallyJson : JsonSerializerContext
{
    /// <summary>
    /// With letters of all scripts as they are: the file is read by people, and never put into a page as it stands.
    /// </summary>
    public static TallyJson Canonical =>
        field ??= new(new JsonSerializerOptions(Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,

            // A number is no word of a closed family.
            Converters =
            {
                Words<Vote>(), Words<BallotSource>(), Words<Outcome>(), Words<Body>(),
                Words<BallotKind>(), Words<CountingMethod>(),
            },
        });

    private static JsonStringEnumConverter<T> Words<T>()
        where T : struct, Enum => new(namingPolicy: null, allowIntegerValues: false);
}
