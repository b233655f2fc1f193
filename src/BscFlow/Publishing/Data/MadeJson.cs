using System.Text.Json.Serialization;

namespace BscFlow.Publishing.Data;

/// <summary>What pages are made of, for its hash alone: in whatever form is written at once.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(MeetingData))]
[JsonSerializable(typeof(MeetingAheadData))]
[JsonSerializable(typeof(YearPageData))]
[JsonSerializable(typeof(ActionsData))]
[JsonSerializable(typeof(ActionYearData))]
[JsonSerializable(typeof(MotionData))]
[JsonSerializable(typeof(MotionsData))]
[JsonSerializable(typeof(MembersData))]
[JsonSerializable(typeof(FiguresData))]
[JsonSerializable(typeof(FrontData))]
[JsonSerializable(typeof(SearchData))]
[JsonSerializable(typeof(SiteFrame))]
internal sealed partial class MadeJson : JsonSerializerContext;
