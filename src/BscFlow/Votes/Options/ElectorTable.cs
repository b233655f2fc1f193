using System.Globalization;
using BscFlow.Committee;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Votes.Options;

/// <summary>An electorate beyond the committee, from a CSV file with the columns <c>name</c> and <c>email</c>.</summary>
public static class ElectorTable
{
    /// <summary>The largest electorate that is taken.</summary>
    public const int Most = 1_000_000;

    /// <exception cref="BallotFormatException">A line has no address, or one that another line has too.</exception>
    public static Electorate Read(Stream stream)
    {
        var table = new CsvTable(stream);
        table.Require("email");
        var electors = new ElectorBytes();
        var addresses = new ElectorIndex(electors.Address, StringComparison.OrdinalIgnoreCase);
        while (table.TryRead())
        {
            var address = table.Cell("email");
            if (!CharterValues.IsAddress(address))
            {
                throw new BallotFormatException(table.Line, $"\"{address}\" is no mail address");
            }

            if (electors.Count == Most)
            {
                throw new BallotFormatException(table.Line, $"there are more than {Most} voters");
            }

            // Not made of the address: whoever guessed it could find it in a published tally.
            var name = table.Cell("name");
            var number = electors.Count + 1;
            electors.Add(new Elector(Numbered($"v-{number:D7}"), name.Length > 0 ? name : Numbered($"Voter {number}"), address));
            if (!addresses.TryAdd(electors.Count - 1))
            {
                throw new BallotFormatException(table.Line, $"{address} stands twice");
            }
        }

        return electors.Count == 0
            ? throw new BallotFormatException(0, "it names no voters")
            : new Electorate { Members = new Electors(electors) };
    }

    private static string Numbered(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
