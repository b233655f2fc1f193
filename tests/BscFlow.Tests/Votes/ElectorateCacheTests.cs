using BscFlow.Votes;

namespace BscFlow.Tests.Votes;

public sealed class ElectorateCacheTests
{
    private readonly ElectorateCache _cache = new(mostVoters: 100);

    [Fact]
    public void Of_electorates_no_more_are_kept_than_have_so_many_voters_together()
    {
        var small = Of(30);
        _cache.Keep("a", small);
        _cache.Keep("b", Of(60));
        _cache.Keep("b", Of(60));
        Assert.Same(small, _cache.Find("a"));
        Assert.NotNull(_cache.Find("b"));

        _cache.Keep("c", Of(20));

        Assert.Null(_cache.Find("a"));
        Assert.Null(_cache.Find("b"));
        Assert.NotNull(_cache.Find("c"));
        Assert.Equal("a", _cache.HashOf(small));
    }

    [Fact]
    public void The_last_one_is_kept_however_large_it_is()
    {
        var large = Of(1_000);
        _cache.Keep("large", large);

        Assert.Same(large, _cache.Find("large"));
        Assert.Null(_cache.HashOf(large with { Subject = "m1" }));
        _cache.Keep("small", Of(1));
        Assert.Null(_cache.Find("large"));
    }

    private static Electorate Of(int voters) =>
        new() { Members = [.. Enumerable.Range(0, voters).Select(i => new Elector($"m{i}", $"Member {i}"))] };
}
