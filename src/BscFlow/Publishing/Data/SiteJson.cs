using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BscFlow.Publishing.Data;

/// <summary>The form of the files <c>.json</c> beside the pages: UTF-8, letters of all scripts as they are.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MeetingData))]
[JsonSerializable(typeof(MeetingAheadData))]
[JsonSerializable(typeof(YearData))]
[JsonSerializable(typeof(ActionsData))]
[JsonSerializable(typeof(ActionYearData))]
[JsonSerializable(typeof(MotionData))]
[JsonSerializable(typeof(MotionsData))]
[JsonSerializable(typeof(MembersData))]
[JsonSerializable(typeof(FiguresData))]
[JsonSerializable(typeof(FrontData))]
internal sealed partial class SiteJson : JsonSerializerContext
{
    /// <summary>The files are never put into a page, so that nothing in them need be escaped for one.</summary>
    public static SiteJson Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
