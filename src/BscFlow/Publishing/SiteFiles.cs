using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BscFlow.Links;
using BscFlow.Publishing.Data;
using Microsoft.AspNetCore.Components;

namespace BscFlow.Publishing;

/// <summary>The kinds of files that a site has; each is worked out when it is asked for.</summary>
internal sealed class SiteFiles(PageRenderer renderer, SiteFrame frame)
{
    public const string Script = "text/javascript; charset=utf-8";
    public const string Json = "application/json";

    /// <summary>Bytes that are held for the next page.</summary>
    private const int LargestKept = 1 << 20;

    private const string Html = "text/html; charset=utf-8";
    private const string Markdown = "text/markdown; charset=utf-8";

    /// <summary>What every site has.</summary>
    public static IReadOnlyList<SiteFile> Assets { get; } =
    [
        Asset(SitePath.Style, "text/css; charset=utf-8"),
        Asset(SitePath.Icon, "image/svg+xml"),
        Asset(SitePath.Script, Script),
        Asset(SitePath.SearchScript, Script),
        Asset(SitePath.SheetScript, Script),
        Asset(SitePath.OpenApi, Json),
    ];

    /// <summary>In which what pages are made of is put together; for many threads at once.</summary>
    private static readonly ConcurrentBag<ArrayBufferWriter<byte>> Buffers = [];

    /// <summary>What all pages are made of; <see cref="SiteFrame.HasData"/> is not in its JSON.</summary>
    private readonly byte[] _common =
        [.. Site.Build, frame.HasData ? (byte)1 : (byte)0, .. JsonSerializer.SerializeToUtf8Bytes(frame, MadeJson.Default.SiteFrame)];

    /// <param name="form">In which the data is hashed.</param>
    /// <param name="text">What people wrote, of which the page is made beside its data.</param>
    /// <param name="notes">That text as HTML.</param>
    public SiteFile Page<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TData>(
        string path,
        SiteStage stage,
        Func<TData> data,
        JsonTypeInfo<TData> form,
        Func<ReadOnlyMemory<char>>? text = null,
        Func<string>? notes = null)
        where TPage : IComponent
    {
        var known = new Lazy<TData>(data);
        return new SiteFile(
            path,
            Html,
            stage,
            () => Hash(known.Value, form, text?.Invoke() ?? default),
            () => renderer.RenderAsync<TPage>(new Dictionary<string, object?>
            {
                ["Frame"] = frame,
                ["Path"] = path,
                ["Data"] = known.Value,
                ["Notes"] = notes?.Invoke() ?? "",
            }));
    }

    /// <summary>The data beside a page.</summary>
    public static SiteFile Data<TData>(string page, Func<TData> data, JsonTypeInfo<TData> form) =>
        Content(SitePath.Data(page), Json, () => JsonSerializer.SerializeToUtf8Bytes(data(), form));

    /// <summary>The text beside a page, as <see cref="SourceText"/> has it.</summary>
    public static SiteFile Source(string page, Func<ReadOnlyMemory<char>> text) =>
        Content(SitePath.Source(page), Markdown, () => Utf8(SourceText.Of(text()).Span));

    /// <summary>A file whose content is no more work than what it is made of.</summary>
    private static SiteFile Content(string path, string type, Func<byte[]> content)
    {
        var known = new Lazy<byte[]>(content);
        return new SiteFile(
            path,
            type,
            SiteStage.Asset,
            () => SiteFile.HashOf(known.Value),
            () => ValueTask.FromResult<ReadOnlyMemory<byte>>(known.Value));
    }

    private static byte[] Utf8(ReadOnlySpan<char> text)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    private string Hash<TData>(TData data, JsonTypeInfo<TData> form, ReadOnlyMemory<char> text)
    {
        var made = Buffers.TryTake(out var free) ? free : new ArrayBufferWriter<byte>();
        made.Write(_common);
        using (var writer = new Utf8JsonWriter(made))
        {
            JsonSerializer.Serialize(writer, data, form);
        }

        made.Write(MemoryMarshal.AsBytes(text.Span));
        var hash = SiteFile.HashOf(made.WrittenSpan);
        if (made.Capacity <= LargestKept)
        {
            made.ResetWrittenCount();
            Buffers.Add(made);
        }

        return hash;
    }

    private static SiteFile Asset(string name, string type) => new(name, type, SiteStage.Asset, Site.Resource(name));
}
