using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Local.Running;
using BscFlow.Local.Time;

namespace BscFlow.Local;

/// <summary>The JSON files of a run.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(ClockOffset))]
[JsonSerializable(typeof(RunAddresses))]
internal sealed partial class LocalJson : JsonSerializerContext;
