using System.Text.RegularExpressions;

namespace BscFlow.Tests.Infra;

/// <summary>What the workflows may do, and whose code they run.</summary>
public sealed partial class WorkflowTests
{
    public static TheoryData<string> Workflows =>
        [.. Directory.EnumerateFiles(Repository.PathOf(".github/workflows"), "*.yml").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_its_commit(string workflow) => Assert.All(
        Read(workflow).Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal)),
        line => Assert.Matches(PinnedPattern(), line));

    [Theory, MemberData(nameof(Workflows))]
    public void A_workflow_says_what_it_may_do_and_writes_nothing(string workflow)
    {
        var text = Read(workflow);
        Assert.Matches(PermissionsPattern(), text);
        Assert.DoesNotContain("write-all", text, StringComparison.Ordinal);
        Assert.All(WritePattern().Matches(text), match => Assert.Equal("id-token", match.Groups["scope"].Value));
    }

    [Theory, MemberData(nameof(Workflows))]
    public void A_workflow_holds_no_secret(string workflow) =>
        Assert.DoesNotContain("secrets.", Read(workflow), StringComparison.Ordinal);

    private static string Read(string workflow) => File.ReadAllText(Repository.PathOf($".github/workflows/{workflow}"));

    [GeneratedRegex(@"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedPattern();

    [GeneratedRegex(@"^permissions:", RegexOptions.Multiline)]
    private static partial Regex PermissionsPattern();

    [GeneratedRegex(@"^\s+(?<scope>[\w-]+): write", RegexOptions.Multiline)]
    private static partial Regex WritePattern();
}
