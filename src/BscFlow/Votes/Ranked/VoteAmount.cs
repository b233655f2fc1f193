using System.Globalization;
using System.Numerics;

namespace BscFlow.Votes.Ranked;

/// <summary>An exact number of votes: so many units, so many of which are one vote.</summary>
public readonly record struct VoteAmount(BigInteger Units, BigInteger UnitsOfOneVote) : IComparable<VoteAmount>
{
    /// <summary>A vote in a hundred thousand parts, as in the Scottish rules.</summary>
    internal const int FivePlaces = 100_000;

    /// <summary>A vote in a thousand million parts, as in the reference rule for Meek's method.</summary>
    internal const int NinePlaces = 1_000_000_000;

    public static VoteAmount Zero => new(0, 1);

    public static VoteAmount operator +(VoteAmount one, VoteAmount other) =>
        one.UnitsOfOneVote == other.UnitsOfOneVote
            ? one with { Units = one.Units + other.Units }
            : new VoteAmount(
                one.Units * other.UnitsOfOneVote + other.Units * one.UnitsOfOneVote, one.UnitsOfOneVote * other.UnitsOfOneVote);

    public static VoteAmount Add(VoteAmount one, VoteAmount other) => one + other;

    public static bool operator <(VoteAmount one, VoteAmount other) => one.CompareTo(other) < 0;

    public static bool operator >(VoteAmount one, VoteAmount other) => one.CompareTo(other) > 0;

    public static bool operator <=(VoteAmount one, VoteAmount other) => one.CompareTo(other) <= 0;

    public static bool operator >=(VoteAmount one, VoteAmount other) => one.CompareTo(other) >= 0;

    public int CompareTo(VoteAmount other) => (Units * other.UnitsOfOneVote).CompareTo(other.Units * UnitsOfOneVote);

    public bool Equals(VoteAmount other) => CompareTo(other) == 0;

    public override int GetHashCode()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Units, UnitsOfOneVote);
        return HashCode.Combine(Units / divisor, UnitsOfOneVote / divisor);
    }

    /// <summary><c>12</c>, <c>12.50000</c> where votes have places, <c>25/2</c> where they are parts of another number.</summary>
    public override string ToString()
    {
        var places = UnitsOfOneVote == FivePlaces ? 5 : UnitsOfOneVote == NinePlaces ? 9 : 0;
        if (places > 0)
        {
            var whole = BigInteger.DivRem(Units, UnitsOfOneVote, out var rest);
            return $"{whole}.{rest.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0')}";
        }

        var divisor = BigInteger.GreatestCommonDivisor(Units, UnitsOfOneVote);
        var (numerator, denominator) = (Units / divisor, UnitsOfOneVote / divisor);
        return denominator.IsOne
            ? numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{numerator}/{denominator}");
    }
}
