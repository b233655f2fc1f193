using System.Security.Cryptography;
using System.Text;
using BscFlow.Publishing;
using BscFlow.Publishing.Targets;
using Microsoft.Extensions.Options;

namespace BscFlow.Tests.Publishing;

public sealed class GitHubPullRequestTests : IAsyncLifetime
{
    private const string Branch = "bscflow/minutes";

    private GitHubStub _github = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _github = await GitHubStub.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _github.DisposeAsync();

    [Fact]
    public async Task The_years_come_as_a_pull_request_and_nothing_else_does()
    {
        Assert.Equal(new Publication(2, 0, 0), await PublishAsync("one", "two"));

        Assert.Equal("two", _github.Read(Branch, "minutes/2026.md"));
        Assert.Equal("The committee.", _github.Read(Branch, "README.md"));
        Assert.Null(_github.Read(Branch, "minutes/index.html"));
        Assert.Equal("Minutes of 2025 and 2026", _github.PullRequests.Single()["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Published_again_there_is_no_new_commit_and_the_same_pull_request()
    {
        await PublishAsync("one", "two");
        var head = _github.Refs[$"heads/{Branch}"];

        await PublishAsync("one", "two");

        Assert.Equal(head, _github.Refs[$"heads/{Branch}"]);
        Assert.Single(_github.PullRequests);
    }

    [Fact]
    public async Task A_text_that_changed_is_in_the_same_pull_request()
    {
        await PublishAsync("one", "two");

        await PublishAsync("one", "three");

        Assert.Equal("three", _github.Read(Branch, "minutes/2026.md"));
        Assert.Single(_github.PullRequests);
    }

    [Fact]
    public async Task What_is_merged_is_left_alone()
    {
        await PublishAsync("one", "two");
        _github.Merge(Branch);
        _github.Writes.Clear();

        Assert.Equal(new Publication(0, 2, 0), await PublishAsync("one", "two"));

        Assert.Empty(_github.Writes);
    }

    [Fact]
    public async Task After_a_merge_the_next_change_is_a_new_pull_request_of_that_change_alone()
    {
        await PublishAsync("one", "two");
        _github.Merge(Branch);

        Assert.Equal(new Publication(1, 1, 0), await PublishAsync("one", "three"));

        Assert.Equal(2, _github.PullRequests.Count);
        Assert.Equal("Minutes of 2026", _github.PullRequests[^1]["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_pull_request_that_was_closed_is_opened_again_only_for_another_text()
    {
        await PublishAsync("one", "two");
        _github.Close(merged: false);

        await PublishAsync("one", "two");
        Assert.Single(_github.PullRequests);

        await PublishAsync("one", "three");
        Assert.Equal(2, _github.PullRequests.Count);
    }

    [Fact]
    public async Task A_branch_that_was_deleted_is_made_again()
    {
        await PublishAsync("one", "two");
        _github.Refs.Remove($"heads/{Branch}");

        await PublishAsync("one", "two");

        Assert.Equal("two", _github.Read(Branch, "minutes/2026.md"));
    }

    [Fact]
    public async Task A_run_that_ended_before_the_pull_request_was_opened_goes_on_there()
    {
        await PublishAsync("one", "two");
        _github.PullRequests.Clear();
        var head = _github.Refs[$"heads/{Branch}"];

        await PublishAsync("one", "two");

        Assert.Equal(head, _github.Refs[$"heads/{Branch}"]);
        Assert.Single(_github.PullRequests);
    }

    [Fact]
    public async Task An_app_signs_for_itself_and_then_uses_the_token_of_its_installation()
    {
        using var key = RSA.Create(2048);

        await PublishAsync(
            new GitHubOptions
            {
                Repository = "example/tsc",
                Folder = "minutes",
                AppId = "12",
                Installation = 7,
                PrivateKey = key.ExportRSAPrivateKeyPem(),
                Address = _github.Address,
            },
            "one",
            "two");

        var assertion = _github.Authorizations.Single(authorization => authorization.StartsWith("Bearer ", StringComparison.Ordinal));
        var parts = assertion["Bearer ".Length..].Split('.');
        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
        Assert.Contains(_github.Authorizations, authorization => authorization.EndsWith("installation-token", StringComparison.Ordinal));
        Assert.Single(_github.PullRequests);
    }

    [Fact]
    public async Task A_committee_without_a_repository_has_no_pull_request()
    {
        var target = new GitHubPullRequest(Options.Create(new BscFlowOptions()), TimeProvider.System);

        Assert.Equal(new Publication(0, 0, 0), await target.PublishAsync("tidewater", [], null, Cancel));
    }

    private Task<Publication> PublishAsync(string first, string second) => PublishAsync(
        new GitHubOptions { Repository = "example/tsc", Folder = "minutes", Token = "given", Address = _github.Address }, first, second);

    private static async Task<Publication> PublishAsync(GitHubOptions repository, string first, string second)
    {
        var options = new BscFlowOptions();
        options.GitHub.Add("tidewater", repository);
        var target = new GitHubPullRequest(Options.Create(options), TimeProvider.System);
        return await target.PublishAsync("tidewater", [File("2025.md", first), File("2026.md", second), File("index.html", "page")], null, Cancel);
    }

    private static SiteFile File(string path, string text) => new(path, "text/markdown", SiteStage.Asset, Encoding.UTF8.GetBytes(text));
}
