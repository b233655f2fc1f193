using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Octokit;

namespace BscFlow.Publishing.Targets;

/// <summary>The years' minutes as a pull request in the committee's own repository, where it has one.</summary>
/// <remarks>
/// What is in the repository decides what is done, so that it can be run again at any point: where the files are merged already
/// nothing is done; where the branch has them no commit is made; where its pull request is open none is opened. A pull request that
/// was closed unmerged is not opened again before the text is another one. Only the files of the years are ever written.
/// </remarks>
public sealed partial class GitHubPullRequest(IOptions<BscFlowOptions> options, TimeProvider clock) : IPublishingTarget
{
    private const string FileMode = "100644";

    private readonly ConcurrentDictionary<string, GitHubAccess> _access = new(StringComparer.Ordinal);

    /// <exception cref="ApiException">GitHub refused, or did not answer.</exception>
    public async Task<Publication> PublishAsync(
        string committee, IEnumerable<SiteFile> files, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (!options.Value.GitHub.TryGetValue(committee, out var repository))
        {
            return new Publication(0, 0, 0);
        }

        var github = await _access.GetOrAdd(committee, _ => new GitHubAccess(repository, clock)).ConnectAsync();
        var years = await ReadAsync(repository, files, cancellationToken);
        var into = await github.Git.Reference.Get(repository.Owner, repository.Name, $"heads/{repository.Into}");
        var baseCommit = await github.Git.Commit.Get(repository.Owner, repository.Name, into.Object.Sha);
        var there = await github.Git.Tree.GetRecursive(repository.Owner, repository.Name, baseCommit.Tree.Sha);
        var merged = there.Tree.ToDictionary(item => item.Path, item => item.Sha, StringComparer.Ordinal);
        var changed = years.Where(year => merged.GetValueOrDefault(year.Path) != year.Sha).ToList();
        if (changed.Count == 0)
        {
            return new Publication(0, years.Count, 0);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var tree = await TreeAsync(github, repository, baseCommit, changed);
        var title = $"Minutes of {string.Join(" and ", changed.Select(year => year.Year.ToString(CultureInfo.InvariantCulture)))}";
        var head = await CommitAsync(github, repository, baseCommit, tree, title);
        await OfferAsync(github, repository, head, title);
        return new Publication(changed.Count, years.Count - changed.Count, 0);
    }

    /// <summary>There is no site here: nothing of it is remembered.</summary>
    public Task<byte[]?> FindAsync(string committee, string path, CancellationToken cancellationToken) =>
        Task.FromResult<byte[]?>(null);

    private static async Task<List<YearFile>> ReadAsync(
        GitHubOptions repository, IEnumerable<SiteFile> files, CancellationToken cancellationToken)
    {
        var folder = repository.Folder.Trim('/') is { Length: > 0 } named ? $"{named}/" : "";
        List<YearFile> years = [];
        foreach (var file in files.TakeWhile(file => file.Stage is SiteStage.Asset))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (YearPath().Match(file.Path) is { Success: true } match)
            {
                var content = await file.RenderAsync();
                var year = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
                years.Add(new YearFile(year, folder + file.Path, content, BlobSha(content.Span)));
            }
        }

        return years;
    }

    private static async Task<string> TreeAsync(
        GitHubClient github, GitHubOptions repository, Commit baseCommit, List<YearFile> changed)
    {
        var tree = new NewTree { BaseTree = baseCommit.Tree.Sha };
        foreach (var year in changed)
        {
            var blob = await github.Git.Blob.Create(repository.Owner, repository.Name, new NewBlob
            {
                Encoding = EncodingType.Base64,
                Content = Convert.ToBase64String(year.Content.Span),
            });
            tree.Tree.Add(new NewTreeItem { Path = year.Path, Mode = FileMode, Type = TreeType.Blob, Sha = blob.Sha });
        }

        return (await github.Git.Tree.Create(repository.Owner, repository.Name, tree)).Sha;
    }

    /// <returns>The commit on the branch that has the tree: the one that is there, or a new one on top of the base.</returns>
    private static async Task<string> CommitAsync(
        GitHubClient github, GitHubOptions repository, Commit baseCommit, string tree, string title)
    {
        var (owner, name, reference) = (repository.Owner, repository.Name, $"heads/{repository.Branch}");
        if (await FindBranchAsync(github, repository) is { } branch)
        {
            var there = await github.Git.Commit.Get(owner, name, branch.Object.Sha);
            if (there.Tree.Sha == tree)
            {
                return there.Sha;
            }
        }

        var commit = await github.Git.Commit.Create(owner, name, new NewCommit(title, tree, baseCommit.Sha));
        try
        {
            await github.Git.Reference.Create(owner, name, new NewReference($"refs/{reference}", commit.Sha));
        }
        catch (ApiException exists) when (exists.StatusCode is HttpStatusCode.UnprocessableEntity)
        {
            await github.Git.Reference.Update(owner, name, reference, new ReferenceUpdate(commit.Sha, force: true));
        }

        return commit.Sha;
    }

    private static async Task<Reference?> FindBranchAsync(GitHubClient github, GitHubOptions repository)
    {
        try
        {
            return await github.Git.Reference.Get(repository.Owner, repository.Name, $"heads/{repository.Branch}");
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    private static async Task OfferAsync(GitHubClient github, GitHubOptions repository, string head, string title)
    {
        var all = await github.PullRequest.GetAllForRepository(repository.Owner, repository.Name, new PullRequestRequest
        {
            Head = $"{repository.Owner}:{repository.Branch}",
            Base = repository.Into,
            State = ItemStateFilter.All,
        });
        if (all.Any(request => request.State.Value is ItemState.Open || (request.Head.Sha == head && !request.Merged)))
        {
            return;
        }

        await github.PullRequest.Create(repository.Owner, repository.Name, new NewPullRequest(title, repository.Branch, repository.Into)
        {
            Body = "The minutes as they are published. What is changed here by hand is not read back.",
        });
    }

    /// <summary>What git calls a file of this content.</summary>
    private static string BlobSha(ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"blob {content.Length}\0")));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record YearFile(int Year, string Path, ReadOnlyMemory<byte> Content, string Sha);

    [GeneratedRegex(@"^(\d{4})\.md$")]
    private static partial Regex YearPath();
}
