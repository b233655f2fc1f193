using System.Security.Cryptography;
using System.Text;
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
    public void Add(IReadOnlyList<int> marks)
    {
        _count.Add([.. marks]);
        AddToSum(SHA256.HashData(Encoding.UTF8.GetBytes(MarkText.Write(_vote.Kind == BallotKind.Ranked ? Dense(marks) : marks))));
    }

    private int[] Dense(IReadOnlyList<int> marks)
    {
        List<int> ranks = [.. marks.Where(mark => mark >= 0).Distinct().Order()];
        return
        [
            .. marks.Select(mark => mark switch
            {
                Mark.NoOpinion => mark,

                // Below all ranks is by Schulze's method the last rank.
                Mark.Unranked => _vote.Method == CountingMethod.Schulze ? ranks.Count + 1 : mark,
                _ => ranks.BinarySearch(mark) + 1,
            }),
        ];
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

    private void AddToSum(byte[] hash)
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
