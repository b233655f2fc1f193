using System.Text.RegularExpressions;

namespace BscFlow.Tests.Security;

/// <summary>README's table of threats names a test for each, and each of them is there.</summary>
public sealed partial class ThreatTableTests
{
    [Fact]
    public void Every_claim_of_the_table_has_its_test()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var table = readme[readme.IndexOf("| who could want what |", StringComparison.Ordinal)..];
        var rows = table[..table.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Skip(2).ToList();
        Assert.True(rows.Count >= 14, $"{rows.Count} rows");
        var tests = typeof(ThreatTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"))
            .ToHashSet();
        Assert.All(rows, row =>
        {
            var named = TestName().Matches(row).Select(match => match.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, tests));
        });
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();
}
