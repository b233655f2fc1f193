using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Publishing;

/// <summary>The endpoints of GitHub that a pull request of minutes needs, over HTTP, with a repository of files behind them.</summary>
internal sealed class GitHubStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Dictionary<string, byte[]> _blobs = [];
    private readonly Dictionary<string, SortedDictionary<string, string>> _trees = [];
    private readonly Dictionary<string, (string Tree, string? Parent, string Message)> _commits = [];
    private readonly Lock _lock = new();

    private GitHubStub(WebApplication app)
    {
        _app = app;
        Refs["heads/main"] = AddCommit(AddTree(new() { ["README.md"] = AddBlob("The committee."u8.ToArray()) }), null, "start");
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Commits by branch: <c>heads/main</c>.</summary>
    public Dictionary<string, string> Refs { get; } = [];

    public List<JsonObject> PullRequests { get; } = [];

    /// <summary>Every request that could change something.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>The right of each request.</summary>
    public HashSet<string> Authorizations { get; } = [];

    public static async Task<GitHubStub> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new GitHubStub(app);
        app.Use((context, next) =>
        {
            lock (stub._lock)
            {
                stub.Authorizations.Add(context.Request.Headers.Authorization.ToString());
                if (!HttpMethods.IsGet(context.Request.Method))
                {
                    stub.Writes.Add($"{context.Request.Method} {context.Request.Path}");
                }
            }

            return next(context);
        });
        stub.Map(app);
        await app.StartAsync(cancellationToken);
        return stub;
    }

    /// <summary>What a branch has at a path.</summary>
    public string? Read(string branch, string path) =>
        _trees[_commits[Refs[$"heads/{branch}"]].Tree].TryGetValue(path, out var sha) ? Encoding.UTF8.GetString(_blobs[sha]) : null;

    /// <summary>Merges a branch as GitHub's button does, and closes its pull request.</summary>
    public void Merge(string branch)
    {
        Refs["heads/main"] = AddCommit(_commits[Refs[$"heads/{branch}"]].Tree, Refs["heads/main"], "merge");
        Close(merged: true);
    }

    public void Close(bool merged)
    {
        PullRequests[^1]["state"] = "closed";
        PullRequests[^1]["merged_at"] = merged ? "2026-01-02T00:00:00Z" : null;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map(WebApplication app)
    {
        var git = app.MapGroup("/repos/example/tsc/git");
        git.MapGet("/ref/{**name}", (string name) => Ref(name));
        git.MapGet("/refs/{**name}", (string name) => Ref(name));
        git.MapPost("/refs", async (HttpRequest request) => await WithBodyAsync(request, body =>
        {
            var name = body["ref"]!.GetValue<string>()["refs/".Length..];
            return Refs.TryAdd(name, body["sha"]!.GetValue<string>()) ? Ref(name, 201) : Results.Json(new { message = "Reference already exists" }, statusCode: 422);
        }));
        git.MapPatch("/refs/{**name}", async (string name, HttpRequest request) => await WithBodyAsync(request, body =>
        {
            Refs[name] = body["sha"]!.GetValue<string>();
            return Ref(name);
        }));
        git.MapGet("/commits/{sha}", (string sha) => Commit(sha));
        git.MapPost("/commits", async (HttpRequest request) => await WithBodyAsync(request, body => Commit(
            AddCommit(body["tree"]!.GetValue<string>(), body["parents"]![0]!.GetValue<string>(), body["message"]!.GetValue<string>()), 201)));
        git.MapGet("/trees/{sha}", (string sha) => Tree(sha));
        git.MapPost("/trees", async (HttpRequest request) => await WithBodyAsync(request, body =>
        {
            SortedDictionary<string, string> tree = new(_trees[body["base_tree"]!.GetValue<string>()], StringComparer.Ordinal);
            foreach (var item in body["tree"]!.AsArray())
            {
                tree[item!["path"]!.GetValue<string>()] = item["sha"]!.GetValue<string>();
            }

            return Tree(AddTree(tree), 201);
        }));
        git.MapPost("/blobs", async (HttpRequest request) => await WithBodyAsync(request, body =>
            Results.Json(new { sha = AddBlob(Convert.FromBase64String(body["content"]!.GetValue<string>())) }, statusCode: 201)));

        app.MapGet("/repos/example/tsc/pulls", (string head, string state) => Results.Json(PullRequests.Where(request =>
            head == $"example:{request["head"]!["ref"]}" && (state == "all" || request["state"]!.GetValue<string>() == state))));
        app.MapPost("/repos/example/tsc/pulls", async (HttpRequest request) => await WithBodyAsync(request, body =>
        {
            var branch = body["head"]!.GetValue<string>();
            PullRequests.Add(new JsonObject
            {
                ["number"] = PullRequests.Count + 1,
                ["state"] = "open",
                ["title"] = body["title"]!.GetValue<string>(),
                ["merged_at"] = null,
                ["head"] = new JsonObject { ["ref"] = branch, ["sha"] = Refs[$"heads/{branch}"] },
                ["base"] = new JsonObject { ["ref"] = body["base"]!.GetValue<string>() },
            });
            return Results.Json(PullRequests[^1], statusCode: 201);
        }));
        app.MapPost("/app/installations/7/access_tokens", () =>
            Results.Json(new { token = "installation-token", expires_at = "2030-01-01T00:00:00Z" }, statusCode: 201));
    }

    /// <remarks>Octokit does not say that what it sends is JSON.</remarks>
    private static async Task<IResult> WithBodyAsync(HttpRequest request, Func<JsonObject, IResult> answer) =>
        answer((await JsonNode.ParseAsync(request.Body))!.AsObject());

    private IResult Ref(string name, int status = 200) => Refs.TryGetValue(name, out var sha)
        ? Results.Json(new { @ref = $"refs/{name}", @object = new { type = "commit", sha } }, statusCode: status)
        : Results.Json(new { message = "Not Found" }, statusCode: 404);

    private IResult Commit(string sha, int status = 200) =>
        Results.Json(new { sha, message = _commits[sha].Message, tree = new { sha = _commits[sha].Tree } }, statusCode: status);

    private IResult Tree(string sha, int status = 200) => Results.Json(
        new { sha, truncated = false, tree = _trees[sha].Select(item => new { path = item.Key, mode = "100644", type = "blob", sha = item.Value }) },
        statusCode: status);

    private string AddBlob(byte[] content)
    {
        var sha = Sha([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]);
        _blobs[sha] = content;
        return sha;
    }

    private string AddTree(SortedDictionary<string, string> tree)
    {
        var sha = Sha(Encoding.UTF8.GetBytes(string.Join('\n', tree.Select(item => $"{item.Key} {item.Value}"))));
        _trees[sha] = tree;
        return sha;
    }

    private string AddCommit(string tree, string? parent, string message)
    {
        var sha = Sha(Encoding.UTF8.GetBytes($"{tree} {parent} {message} {_commits.Count}"));
        _commits[sha] = (tree, parent, message);
        return sha;
    }

#pragma warning disable CA5350 // It is what git names things by.
    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA1.HashData(bytes));
#pragma warning restore CA5350
}
