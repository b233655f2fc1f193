using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BscFlow.Storage;

public static partial class Keys
{
    /// <summary>Table of motions; partition: committee, row: the motion's id.</summary>
    public const string MotionsTable = "Motions";

    /// <summary>Table of ballots; partition: <see cref="BallotBucket"/>.</summary>
    public const string BallotsTable = "Ballots";

    /// <summary>Table of what voters hold: the tokens in mails and in links, hashed.</summary>
    public const string TokensTable = "Tokens";

    /// <summary>Electorates and tallies.</summary>
    public const string VotesContainer = "votes";

    /// <summary>Where the ballots that count begin in a bucket.</summary>
    public const string BallotStart = "v:";

    /// <summary>The first row after all that begin with <see cref="BallotStart"/>.</summary>
    public const string BallotEnd = "v;";

    /// <summary>Partition of some of a motion's ballots: <c>bsc|2025-07-charter|0f</c>.</summary>
    public static string BallotBucket(string committee, string motion, int bucket) =>
        string.Create(CultureInfo.InvariantCulture, $"{committee}|{motion}|{bucket:x2}");

    /// <summary>Row of a bucket that is there as long as the motion's box of that number takes ballots.</summary>
    public static string BallotBox(int number) => string.Create(CultureInfo.InvariantCulture, $"box:{number:D4}");

    /// <summary>Row of the ballot of a voter that counts.</summary>
    public static string Ballot(string voter) => BallotStart + voter;

    /// <summary>Where the ballots of a secret motion begin in a bucket.</summary>
    public const string SecretBallotStart = "b:";

    /// <summary>The first row after all that begin with <see cref="SecretBallotStart"/>.</summary>
    public const string SecretBallotEnd = "b;";

    /// <summary>Row of the first bucket of a secret motion that holds its secret.</summary>
    public const string BallotSecret = "secret";

    /// <summary>Row of a ballot of a secret motion, by its name, which says nothing of its voter.</summary>
    public static string SecretBallot(string name) => SecretBallotStart + name;

    /// <summary>Where the ballots that a voter ever cast begin in a bucket.</summary>
    public static string BallotHistoryStart(string voter) => $"h:{voter}:";

    /// <summary>The first row after all that begin with <see cref="BallotHistoryStart"/>.</summary>
    public static string BallotHistoryEnd(string voter) => $"h:{voter};";

    /// <summary>Row of one ballot of a voter, whether it counts or not: the same evidence is the same ballot.</summary>
    public static string BallotHistory(string voter, string evidence) => $"h:{voter}:{ShortHash(evidence)}";

    /// <summary>Row that says about what a voter has been written to once.</summary>
    /// <param name="kind">Such as <c>unclear</c>.</param>
    public static string BallotAnswer(string kind, string voter) => $"a:{kind}:{voter}";

    /// <summary>Where the rows of voters who opened their page begin in a bucket.</summary>
    public const string OpenedPageStart = "o:";

    /// <summary>The first row after all that begin with <see cref="OpenedPageStart"/>.</summary>
    public const string OpenedPageEnd = "o;";

    /// <summary>Row that says that a voter has opened their page.</summary>
    public static string OpenedPage(string voter) => OpenedPageStart + voter;

    /// <summary>Row of a bucket with a part of how many rows of a kind are in it.</summary>
    /// <param name="what">Such as <c>voted</c>.</param>
    public static string KeptCount(string what, int part) => string.Create(CultureInfo.InvariantCulture, $"n:{what}:{part}");

    /// <summary>Where the rows of <see cref="KeptCount"/> of a kind begin in a bucket.</summary>
    public static string KeptCountStart(string what) => $"n:{what}:";

    /// <summary>The first row after all that begin with <see cref="KeptCountStart"/>.</summary>
    public static string KeptCountEnd(string what) => $"n:{what};";

    /// <summary>Where the rows of voters whom a mail did not reach begin in the first bucket.</summary>
    public const string UnreachedStart = "u:";

    /// <summary>The first row after all that begin with <see cref="UnreachedStart"/>.</summary>
    public const string UnreachedEnd = "u;";

    /// <summary>Row of a voter whom a mail did not reach.</summary>
    public static string UnreachedVoter(string voter) => UnreachedStart + voter;

    /// <summary>Table of calls for nominations and of nominees; partition: committee.</summary>
    public const string NominationsTable = "Nominations";

    /// <summary>Row of a nominee: <c>2025-07-election|3f9a...</c>.</summary>
    public static string Nominee(string call, string key) => $"{call}|{key}";

    /// <summary>Who holds a nominee's tokens, where a voter's id would stand; no voter's id has a colon.</summary>
    public static string NomineeHolder(string key) => $"nominee:{key}";

    /// <summary>
    /// About what the mails of a call for nominations are, where a motion's id would stand; no motion's id has a colon.
    /// </summary>
    public static string Nominations(string id) => NominationsPrefix + id;

    /// <summary>The id that <see cref="Nominations"/> was given; null for a motion's.</summary>
    public static string? NominationsIn(string about) =>
        about.StartsWith(NominationsPrefix, StringComparison.Ordinal) ? about[NominationsPrefix.Length..] : null;

    private const string NominationsPrefix = "nominations:";

    /// <summary>Blob of what a call for nominations asks, and whom; named for its hash, so that it never changes.</summary>
    public static string NominationBlob(string committee, string hash) => $"{committee}/nominations/{hash}.json";

    /// <summary>Partition and row of a token.</summary>
    public static (string Partition, string Row) Token(string token)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return (hash[..2], hash);
    }

    /// <summary>Blob of an electorate; the same one for all motions that ask the same people.</summary>
    public static string ElectorateBlob(string committee, string hash) => $"{committee}/electorates/{hash}.json";

    /// <summary>Blob of a motion's <c>tally.json</c>.</summary>
    public static string TallyBlob(string committee, string motion) => $"{committee}/motions/{motion}/tally.json";

    /// <summary>Key of a mail about a motion: <c>vote|2025-07-charter|joe</c>.</summary>
    /// <param name="kind">
    /// Such as <c>vote</c>; with what sets this mail of the kind apart from others of it, if there are any.
    /// </param>
    public static string MotionMail(string kind, string motion, string reader) => Lower($"{kind}|{motion}|{reader}");

    /// <summary>Stands for a text of any length and content in keys and subjects: 32 hexadecimal digits.</summary>
    public static string ShortHash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
