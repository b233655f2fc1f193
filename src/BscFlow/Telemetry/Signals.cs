using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace BscFlow.Telemetry;

/// <summary>What an operator can see of the secretary's work: one trace from a notification to the receipt, and counts.</summary>
/// <remarks>
/// Nothing here says who somebody is: no address, no token, no text of a mail. Ids of committees and names of kinds only.
/// </remarks>
public static partial class Signals
{
    /// <summary>Name of the source of traces and of the meter.</summary>
    public const string Name = "BscFlow";

    /// <summary>Name of <see cref="Steps"/>.</summary>
    public const string StepsName = "bscflow.steps";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Steps = Meter.CreateCounter<long>(StepsName, "{step}", "Steps that were run.");

    public static readonly Counter<long> MailsSent = Meter.CreateCounter<long>(
        "bscflow.mails.sent", "{mail}", "Mails that have left.");

    public static readonly Counter<long> MailsReceived =
        Meter.CreateCounter<long>("bscflow.mails.received", "{mail}", "Mails that came in, by what they were taken for.");

    public static readonly Counter<long> Ballots =
        Meter.CreateCounter<long>("bscflow.ballots", "{ballot}", "Ballots, by what became of them.");

    public static readonly Histogram<double> ClockLateness =
        Meter.CreateHistogram<double>("bscflow.clock.lateness", "s", "How long after its time a step was put on the queue.");

    public static readonly Histogram<double> QueueAge =
        Meter.CreateHistogram<double>("bscflow.queue.age", "s", "How long a step was on the queue before it was run.");

    /// <summary>A text as it may stand in a log: without addresses.</summary>
    public static string Anonymous(string text) => Address().Replace(text, "(address)");

    /// <summary>Goes on in the trace in which a message was queued.</summary>
    /// <param name="trace">As <c>traceparent</c> of W3C says it; null begins a trace, or goes on in the one at hand.</param>
    internal static Activity? Continue(string name, string? trace) =>
        ActivityContext.TryParse(trace, traceState: null, isRemote: true, out var parent)
            ? Source.StartActivity(name, ActivityKind.Consumer, parent)
            : Source.StartActivity(name, ActivityKind.Consumer);

    [GeneratedRegex(@"[^\s|<>()""'=;,]+@[^\s|<>()""'=;,]+")]
    private static partial Regex Address();
}
