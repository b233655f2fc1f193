using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using BscFlow.Local.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Local.Running;

public sealed class WorkLoopTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_work_goes_on_when_storage_was_out_of_reach()
    {
        var outage = new Outage();
        using var said = new Said("Storage does not answer");
        await using var host = await ProductHost.StartAsync(["acme"], builder =>
        {
            builder.Services.AddSingleton<HttpPipelinePolicy>(outage);
            builder.Logging.AddProvider(said);
        });
        var loop = host.Get<WorkLoop>();
        outage.IsOn = true;

        await loop.StartAsync(Cancel);
        var first = await Task.WhenAny(said.Line, loop.ExecuteTask!);

        Assert.Same(said.Line, first);
        Assert.Contains("Connection refused", await said.Line, StringComparison.Ordinal);
        Assert.False(loop.ExecuteTask!.IsCompleted);
        await loop.StopAsync(Cancel);
    }

    /// <summary>As the clients of storage say it once they have tried for as long as they try.</summary>
    private sealed class Outage : HttpPipelineSynchronousPolicy
    {
        public bool IsOn { get; set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (IsOn)
            {
                var last = new RequestFailedException("Connection refused (127.0.0.1:1)");
                throw new AggregateException("Retry failed after 6 tries.", last, last);
            }
        }
    }

    private sealed class Said(string beginning) : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (formatter(state, exception) is var line && line.StartsWith(beginning, StringComparison.Ordinal))
            {
                _line.TrySetResult(line);
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}
