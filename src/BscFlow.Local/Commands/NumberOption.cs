using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace BscFlow.Local.Commands;

/// <summary>An option whose value is a number; whatever else is typed gets one line that says what to give.</summary>
internal sealed class NumberOption<T> : Option<T?>
    where T : struct, INumber<T>
{
    /// <param name="isRight">Whether the option takes the number.</param>
    /// <param name="what">What it takes, as in "give a number from 0 to 65535".</param>
    public NumberOption(string name, Func<T, bool> isRight, string what)
        : base(name)
    {
        HelpName = "N";
        CustomParser = argument => Parse(argument, name, isRight, what);
    }

    private static T? Parse(ArgumentResult argument, string name, Func<T, bool> isRight, string what)
    {
        const NumberStyles styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (T.TryParse(argument.Tokens[0].Value, styles, CultureInfo.InvariantCulture, out var number) && isRight(number))
        {
            return number;
        }

        argument.AddError($"{name}: give {what}.");
        return null;
    }
}
