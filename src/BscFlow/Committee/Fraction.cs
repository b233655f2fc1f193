namespace BscFlow.Committee;

/// <summary>An exact share of a body, such as 2/3. Never a float: 66.67 % of six is not four.</summary>
public readonly record struct Fraction(int Numerator, int Denominator)
{
    /// <summary>Whether <paramref name="count"/> of <paramref name="total"/> reaches this share.</summary>
    public bool IsReachedBy(int count, int total) => (long)count * Denominator >= (long)Numerator * total;

    /// <summary>Whether <paramref name="count"/> of <paramref name="total"/> is more than this share.</summary>
    public bool IsExceededBy(int count, int total) => (long)count * Denominator > (long)Numerator * total;

    public override string ToString() => $"{Numerator}/{Denominator}";
}
