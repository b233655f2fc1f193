using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Votes.Ranked;

/// <summary>Who comes first of those whom the ballots leave equal.</summary>
public abstract record TieBreak
{
    private TieBreak()
    {
    }

    /// <summary>The tied options, the one that comes first first.</summary>
    /// <param name="tied">Indexes into <paramref name="options"/>, ascending.</param>
    public abstract IReadOnlyList<int> Order(IReadOnlyList<int> tied, IReadOnlyList<RankedOption> options);

    /// <summary>What decided, in words that follow "decided by".</summary>
    public abstract string Name { get; }

    /// <summary>Nobody was asked: as they stand on the ballot.</summary>
    public sealed record Listed : TieBreak
    {
        public override string Name => "the order on the ballot";

        public override IReadOnlyList<int> Order(IReadOnlyList<int> tied, IReadOnlyList<RankedOption> options) => tied;
    }

    /// <summary>
    /// A lot that anyone can draw again: ascending by the SHA-256 of the seed, a zero byte and the option's name, in UTF-8.
    /// It does not depend on the order of the options.
    /// </summary>
    public sealed record Lot(string Seed) : TieBreak
    {
        public override string Name => "lot";

        public override IReadOnlyList<int> Order(IReadOnlyList<int> tied, IReadOnlyList<RankedOption> options) =>
            [.. tied.OrderBy(option => Draw(options[option].Name), StringComparer.Ordinal)];

        private string Draw(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}\0{name}")));
    }

    /// <summary>
    /// The chair's order, the first first. Whom the chair does not name comes after, as they stand on the ballot.
    /// </summary>
    public sealed record Chair(IReadOnlyList<string> Preference) : TieBreak
    {
        public override string Name => "the chair";

        public override IReadOnlyList<int> Order(IReadOnlyList<int> tied, IReadOnlyList<RankedOption> options) =>
            [.. tied.OrderBy(option => Place(options[option].Name))];

        private int Place(string name)
        {
            for (var place = 0; place < Preference.Count; place++)
            {
                if (string.Equals(Preference[place], name, StringComparison.OrdinalIgnoreCase))
                {
                    return place;
                }
            }

            return Preference.Count;
        }
    }
}
