using BscFlow.Telemetry;

namespace BscFlow.Workflow;

/// <summary>A step has failed, and is to be tried again.</summary>
/// <remarks>
/// The Functions host logs whatever leaves a function, with all that it holds. So nothing of the cause is in here but its words
/// without addresses and secrets, and the way that it came.
/// </remarks>
public sealed class StepFailedException(Exception cause) : Exception(ErrorWords.Of(cause))
{
    public override string? StackTrace => cause.StackTrace;
}
