using System.Numerics;

namespace BscFlow.Votes.Ranked;

/// <summary>What an elected option keeps of a paper that ranks it equal to others.</summary>
internal static class TiedKeep
{
    private const long One = VoteAmount.NinePlaces;

    /// <summary>The mean over all orders of the tied options, cut off to a unit.</summary>
    /// <param name="paper">What comes to the rank, in units.</param>
    /// <param name="elected">Those of the tied that are elected; the others keep all that comes to them.</param>
    /// <param name="tied">How many are tied.</param>
    /// <param name="keep">The keep factors of all options, in units.</param>
    /// <remarks>
    /// In an order, the option gets what those before it pass on: nothing when a hopeful one is among them, else the product
    /// of what each elected one does not keep. That exactly the set T of elected ones, t in number, comes before it happens
    /// in t! (tied-1-t)! / tied! of the orders, which is 1 / (tied * C(tied-1, t)).
    /// </remarks>
    public static long Of(long paper, int option, int[] elected, int tied, long[] keep)
    {
        // Sums of products of t factors, for t from 0: the elementary symmetric polynomials in what the others pass on.
        BigInteger[] sums = new BigInteger[elected.Length];
        sums[0] = 1;
        var others = 0;
        foreach (var other in elected)
        {
            if (other != option)
            {
                others++;
                for (var t = others; t > 0; t--)
                {
                    sums[t] += sums[t - 1] * (One - keep[other]);
                }
            }
        }

        BigInteger numerator = 0;
        BigInteger denominator = 1;
        BigInteger scale = 1;
        BigInteger choices = 1;
        for (var t = 0; t <= others; t++)
        {
            var divisor = tied * choices * scale;
            numerator = numerator * divisor + sums[t] * denominator;
            denominator *= divisor;
            scale *= One;
            choices = choices * (tied - 1 - t) / (t + 1);
        }

        return (long)(numerator * paper * keep[option] / (denominator * One));
    }
}
