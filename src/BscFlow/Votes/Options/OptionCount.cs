using System.Security.Cryptography;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;

namespace BscFlow.Votes.Options;

/// <summary>
/// Counts the ballots of a motion with options, as they come; nothing of them is kept but what the method needs.
/// </summary>
/// <remarks>
/// The lot's seed is made of the ballots themselves, so that nobody can know it before the vote is closed and everybody can
/// make it afterwards: SHA-256 over the sum, modulo 2^256, of the SHA-256 of each ballot's counted marks. The sum does not
/// depend on the order in which ballots come. Ranks go into it as <c>1, 2, 3</c> however they were numbered, so that nobody can
/// choose a lot by writing the same ballot in other numbers.
/// </remarks>
public sealed class OptionCount
{
    private readonly OptionVote _vote;
    private readonly BallotCount _count;
    private readonly byte[] _sum = new byte[SHA256.HashSizeInBytes];

    public OptionCount(OptionVote vote)
    {
        _vote = vote;
        _count = BallotCount.Create(RulesOf(vote), vote.Options.Count);
    }

    public long Ballots => _count.Ballots;

    /// <summary>The seed of lots, from the ballots so far: hexadecimal, lower-case.</summary>
    public string Seed => Convert.ToHexStringLower(SHA256.HashData(_sum));

    /// <summary>Counts one ballot.</summary>
    /// <param name="marks">As <see cref="OptionVote.Counted(Ballot)"/> gives them.</param>
    public void Add(ReadOnlySpan<int> marks)
    {
        _count.Add(marks);
        Span<int> said = stackalloc int[BallotCount.MostOptions];
        said = said[..marks.Length];
        marks.CopyTo(said);
        if (_vote.Kind == BallotKind.Ranked)
        {
            MakeDense(said);
        }

        Span<byte> text = stackalloc byte[BallotCount.MostOptions * MarkText.LongestMark];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..MarkText.Write(said, text)], hash);
        AddToSum(hash);
    }

    private void MakeDense(Span<int> marks)
    {
        Span<int> ranks = stackalloc int[BallotCount.MostOptions];
        var count = 0;
        foreach (var mark in marks)
        {
            if (mark >= 0)
            {
                ranks[count++] = mark;
            }
        }

        ranks[..count].Sort();
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (distinct == 0 || ranks[distinct - 1] != ranks[i])
            {
                ranks[distinct++] = ranks[i];
            }
        }

        foreach (ref var mark in marks)
        {
            mark = mark switch
            {
                Mark.NoOpinion => mark,

                // Below all ranks is by Schulze's method the last rank.
                Mark.Unranked => _vote.Method == CountingMethod.Schulze ? distinct + 1 : mark,
                _ => ranks[..distinct].BinarySearch(mark) + 1,
            };
        }
    }

    public RankedResult Result() => _count.Result(
        [.. _vote.Options.Select(option => new RankedOption(option.Name, option.Affiliation, option.Cost))],
        _vote.Chair.Count > 0 ? new TieBreak.Chair(_vote.Chair) : new TieBreak.Lot(Seed));

    private static CountRules RulesOf(OptionVote vote) => new()
    {
        Method = vote.Method,
        Seats = vote.Seats,
        Caps = vote.Caps,
        Budget = vote.Budget,
        FillBudget = vote.FillBudget,
        Quorum = vote.Quorum,
        Floor = vote.Floor,
        MoreYesThanNo = vote.Kind == BallotKind.YesNo,
    };

    private void AddToSum(ReadOnlySpan<byte> hash)
    {
        var carry = 0;
        for (var i = _sum.Length - 1; i >= 0; i--)
        {
            carry += _sum[i] + hash[i];
            _sum[i] = (byte)carry;
            carry >>= 8;
        }
    }
}
