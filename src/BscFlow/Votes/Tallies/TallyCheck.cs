using System.Runtime.CompilerServices;
using System.Text.Json;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes.Tallies;

/// <summary>Looks for what is wrong with a tally, while its lines pass by.</summary>
/// <param name="tally">All of it but for the lines.</param>
/// <param name="lines">Is told of each; null: nobody is.</param>
internal sealed class TallyCheck(Tally tally, RecordsRead? lines)
{
    /// <summary>A file of which everything is wrong is not told to its last line.</summary>
    private const int MostFaults = 100;

    private readonly List<string> _faults = [];
    private OptionCount? _options;
    private VoteNumbers _numbers;

    /// <returns>What is wrong, in words; nothing where all is right.</returns>
    /// <exception cref="JsonException">A line cannot be read.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(TallyScan scan, Stream file, CancellationToken cancellationToken)
    {
        CheckRule();
        CheckOptions();

        // Written again it must come to the same bytes.
        var again = await TallyWriter.WriteAsync(
            (_, _) => ValueTask.CompletedTask,
            tally,
            CheckedAsync(scan.BallotsAsync(file, cancellationToken), cancellationToken),
            CheckedAsync(scan.ReceiptsAsync(file, cancellationToken), cancellationToken),
            numbers =>
            {
                _numbers = numbers;
                return tally;
            },
            cancellationToken);
        Require(again.FileHash == scan.FileHash, "it is not written as a tally is written");
        Require(again.ContentHash == tally.Hash, "its hash is not that of its content");
        CheckNumbers();
        CheckResult();
        return _faults;
    }

    private void CheckRule()
    {
        Require(
            tally.Version == Tally.CurrentVersion || tally is { Version: Tally.FirstVersion, Options: null },
            $"its version {tally.Version} is unknown");
        Require(
            Enum.IsDefined(tally.Rule.Needed.Of)
            && tally.Rule.Needed.Share.Denominator > 0
            && tally.Rule.Quorum.Share.Denominator > 0,
            "its rule takes a share of nothing");
        Require(
            tally.Rule.InMeeting == tally.Present is not null
            && (tally.Present is not { } present || (present.Distinct().Count() == present.Count
                && present.All(tally.Electorate.Members.Contains))),
            "those present are not members, each once, at a meeting");
    }

    private void CheckOptions()
    {
        if (tally.Options is not { } options)
        {
            Require(tally.Result is null, "it has a result of options and no options");
        }
        else if (options.Refusal(tally.Electorate) is { } wrong)
        {
            Require(false, wrong);
        }
        else
        {
            _options = new OptionCount(options);
        }
    }

    private async IAsyncEnumerable<TallyBallot> CheckedAsync(
        IAsyncEnumerable<TallyBallot> ballots, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        await foreach (var ballot in ballots.WithCancellation(cancellationToken))
        {
            lines?.Another();
            var voter = ballot.Voter;
            Require(!tally.Secret, "it is secret and names voters");
            Require(tally.Electorate.Asks(voter), $"{voter} was not asked");
            Require(IsBehind(before, voter), $"{voter} voted twice, or does not stand in the order of the voters");
            Require(
                ballot.Received >= tally.Opened && ballot.Received <= tally.Deadline,
                $"the ballot of {voter} was not received in time");
            Count(ballot.Marks, voter);
            before = voter;
            yield return ballot;
        }
    }

    private async IAsyncEnumerable<TallyReceipt> CheckedAsync(
        IAsyncEnumerable<TallyReceipt> receipts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? before = null;
        await foreach (var line in receipts.WithCancellation(cancellationToken))
        {
            lines?.Another();
            Require(tally.Secret, "it is public and has receipts");
            Require(IsBehind(before, line.Receipt), $"the receipt {line.Receipt} stands twice, or not in its order");
            Count(line.Marks, voter: null);
            before = line.Receipt;
            yield return line;
        }
    }

    /// <param name="voter">Null on the sheet of a secret motion.</param>
    private void Count(string? marks, string? voter)
    {
        if (_options is not { } count)
        {
            return;
        }

        if (marks is null || MarkText.Read(marks) is not { } read || !tally.Options!.Takes(read))
        {
            _options = null;
            Require(false, "a ballot of it says nothing of the options that can be counted");
            return;
        }

        Require(
            voter is null || tally.Options!.Counted(voter, read).SequenceEqual(read),
            $"the ballot of {voter} says something of an option from which they are recused");
        count.Add(read);
    }

    private void CheckNumbers()
    {
        var count = _numbers.Of(tally.Electorate, tally.Present?.Count);
        Require(count.Answered <= count.Asked, $"it has {count.Answered} ballots of {count.Asked} who were asked");
        Said("for", tally.For, count.For);
        Said("against", tally.Against, count.Against);
        Said("abstained", tally.Abstained, count.Abstained);
        Said("silent", tally.Silent, count.Asked - count.Answered);
        if (tally.Options is null && Enum.IsDefined(tally.Rule.Needed.Of))
        {
            var outcome = tally.Rule.Decide(count);
            Require(outcome == tally.Outcome, $"it says {tally.Outcome}, and its ballots say {outcome}");
        }

        void Said(string what, int said, int counted) =>
            Require(said == counted, $"it says {said} {what}, and its ballots say {counted}");
    }

    /// <summary>Counts the ballots over options again; from the first of them to the last round.</summary>
    private void CheckResult()
    {
        if (_options?.Result() is not { } result)
        {
            return;
        }

        Require(
            tally.Result is { } said && JsonElement.DeepEquals(said, RankedResultJson.ToElement(result)),
            "its ballots come to another result than it says");
        var outcome = Tally.OutcomeOf(result);
        Require(outcome == tally.Outcome, $"it says {tally.Outcome}, and its ballots say {outcome}");
    }

    private static bool IsBehind(string? before, string line) => before is null || string.CompareOrdinal(before, line) < 0;

    private void Require(bool isRight, string fault)
    {
        if (!isRight && _faults.Count < MostFaults && !_faults.Contains(fault))
        {
            _faults.Add(fault);
        }
    }
}
