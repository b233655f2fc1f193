using System.Security.Cryptography;
using BscFlow.Publishing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace BscFlow.Web;

/// <summary>What pages use that are served rather than published: a style sheet, which holds the archive's, and a script.</summary>
internal static class DeskFiles
{
    /// <summary>The script of the page on which minutes are written.</summary>
    public const string EditorPath = "/editor.js";

    /// <summary>The script of the page on which options are ranked.</summary>
    public const string VotePath = "/vote.js";

    private static readonly Asset Style = Asset.Of("text/css; charset=utf-8", [.. Site.Style.ToArray(), .. Read("desk.css")]);

    private static readonly Asset Editor = Asset.Of("text/javascript; charset=utf-8", Read("editor.js"));

    private static readonly Asset Vote = Asset.Of("text/javascript; charset=utf-8", Read("vote.js"));

    public static FileContentHttpResult GetStyle(HttpResponse response) => Style.Answer(response);

    public static FileContentHttpResult GetEditor(HttpResponse response) => Editor.Answer(response);

    public static FileContentHttpResult GetVote(HttpResponse response) => Vote.Answer(response);

    private static byte[] Read(string name)
    {
        using var stream = typeof(DeskFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Asset(string Type, byte[] Bytes, EntityTagHeaderValue ETag)
    {
        public static Asset Of(string type, byte[] bytes) =>
            new(type, bytes, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\""));

        public FileContentHttpResult Answer(HttpResponse response)
        {
            // Asked for again each time, and then answered with 304: a new version is there at once.
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(Bytes, Type, entityTag: ETag);
        }
    }
}
