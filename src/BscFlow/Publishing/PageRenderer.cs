using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BscFlow.Publishing;

/// <summary>Renders Razor components to the bytes of a page; on many threads at once.</summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>In which pages are put together; they are of a size, so that each grows once.</summary>
    private readonly ConcurrentBag<StreamWriter> _writers = [];

    /// <summary>A renderer of its own, where there is no host: pages ask for no service.</summary>
    public static PageRenderer Create()
    {
        var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        return new PageRenderer(services, services.GetRequiredService<ILoggerFactory>());
    }

    public async ValueTask<ReadOnlyMemory<byte>> RenderAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(
        Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        // A renderer keeps every component it rendered until it is disposed of.
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var html = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters));
            var writer = _writers.TryTake(out var free) ? free : new StreamWriter(new MemoryStream());
            html.WriteHtmlTo(writer);
            await writer.FlushAsync();
            var whole = (MemoryStream)writer.BaseStream;
            var page = whole.ToArray();
            whole.SetLength(0);
            _writers.Add(writer);
            return (ReadOnlyMemory<byte>)page;
        });
    }
}
