using System.Globalization;

namespace BscFlow.Committee;

/// <summary>An exact share of a body, such as 2/3. Never a float: 66.67 % of six is not four.</summary>
public readonly record struct Fraction(int Numerator, int Denominator)
{
    /// <summary>Whether <paramref name="count"/> of <paramref name="total"/> reaches this share.</summary>
    public bool IsReachedBy(int count, int total) => (long)count * Denominator >= (long)Numerator * total;

    /// <summary>Whether <paramref name="count"/> of <paramref name="total"/> is more than this share.</summary>
    public bool IsExceededBy(int count, int total) => (long)count * Denominator > (long)Numerator * total;

    /// <summary>Reads <c>2/3</c>: two whole numbers without sign, the second above zero; spaces are allowed.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Fraction fraction)
    {
        const NumberStyles WholeNumber = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

        fraction = default;
        if (text.IndexOf('/') is not (> 0 and var slash)
            || !int.TryParse(text[..slash], WholeNumber, CultureInfo.InvariantCulture, out var numerator)
            || !int.TryParse(text[(slash + 1)..], WholeNumber, CultureInfo.InvariantCulture, out var denominator)
            || denominator == 0)
        {
            return false;
        }

        fraction = new Fraction(numerator, denominator);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
