using BscFlow.Committee;
using BscFlow.Storage;
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
        List<Elector> electors = [];
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        while (table.TryRead())
        {
            var address = table.Cell("email");
            if (!CharterValues.IsAddress(address))
            {
                throw new BallotFormatException(table.Line, $"\"{address}\" is no mail address");
            }

            if (!seen.Add(address))
            {
                throw new BallotFormatException(table.Line, $"{address} stands twice");
            }

            if (electors.Count == Most)
            {
                throw new BallotFormatException(table.Line, $"there are more than {Most} voters");
            }

            var name = table.Cell("name");
            var id = $"v-{Keys.ShortHash(address.ToLowerInvariant())}";
            electors.Add(new Elector(id, name.Length > 0 ? name : address.Split('@')[0], address));
        }

        return electors.Count == 0
            ? throw new BallotFormatException(0, "it names no voters")
            : new Electorate { Members = electors };
    }
}
