using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace BscFlow.Votes;

/// <summary>The secrets that voting needs, each derived from the desk key for one use.</summary>
/// <remarks>With another desk key the tokens in mails that have left are worth nothing any more.</remarks>
public sealed class VotingKeys(IOptions<BscFlowOptions> options)
{
    private readonly byte[] _ballots = Derive(options, "bscflow ballots"u8);
    private readonly byte[] _pages = Derive(options, "bscflow ballot pages"u8);
    private readonly byte[] _receipts = Derive(options, "bscflow ballot receipts"u8);

    /// <summary>The secret of <see cref="BallotToken"/>.</summary>
    public ReadOnlySpan<byte> Ballots => _ballots;

    /// <summary>What stands in the Reply-To and the subject of the mails to a voter.</summary>
    public BallotToken BallotToken(string committee, string motion, string voter) =>
        Votes.BallotToken.For(_ballots, committee, motion, voter);

    /// <summary>What stands in the link in the mails to a voter.</summary>
    public PageToken PageToken(string committee, string motion, string voter) =>
        Votes.PageToken.For(_pages, committee, motion, voter);

    /// <summary>The code of the voter's line on the sheet of a secret motion.</summary>
    public string Receipt(string committee, string motion, string voter) =>
        BallotReceipt.For(_receipts, committee, motion, voter);

    private static byte[] Derive(IOptions<BscFlowOptions> options, ReadOnlySpan<byte> use) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.DeskKey), outputLength: 32, info: use.ToArray());
}
