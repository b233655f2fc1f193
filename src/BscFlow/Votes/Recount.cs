using System.Text.Json;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;

namespace BscFlow.Votes;

/// <summary>Counts a published <c>tally.json</c> again, from its own ballots and by its own rule.</summary>
public abstract record Recount
{
    private Recount()
    {
    }

    /// <summary>The file is whole, and the count in it is right.</summary>
    public sealed record Holds(Tally Tally) : Recount;

    /// <summary>The file was changed, or its count is wrong.</summary>
    /// <param name="Faults">All that is wrong, in words, at least one.</param>
    public sealed record Broken(IReadOnlyList<string> Faults) : Recount;

    /// <summary>Checks a file of any origin; never throws on its content.</summary>
    public static Recount Of(ReadOnlySpan<byte> json)
    {
        Tally tally;
        try
        {
            tally = TallyFile.Read(json);
        }
        catch (JsonException unreadable)
        {
            return new Broken([$"it cannot be read: {unreadable.Message}"]);
        }

        List<string> faults = [];
        if (!json.SequenceEqual(TallyFile.Write(tally)))
        {
            faults.Add("it is not written as a tally is written");
        }

        if (tally.Hash != TallyFile.HashOf(tally))
        {
            faults.Add("its hash is not that of its content");
        }

        CheckRule(tally, faults);
        CheckOptions(tally, faults);
        CheckBallots(tally, faults);
        CheckCount(tally, faults);
        return faults.Count == 0 ? new Holds(tally) : new Broken(faults);
    }

    private static void CheckRule(Tally tally, List<string> faults)
    {
        if (tally.Version != 1)
        {
            faults.Add($"its version {tally.Version} is unknown");
        }

        if (!Enum.IsDefined(tally.Rule.Needed.Of)
            || tally.Rule.Needed.Share.Denominator <= 0
            || tally.Rule.Quorum.Share.Denominator <= 0)
        {
            faults.Add("its rule takes a share of nothing");
        }

        if (tally.Rule.InMeeting == tally.Present is null
            || tally.Present is { } present && (present.Distinct().Count() != present.Count
                || !present.All(id => tally.Electorate.Members.Any(member => member.Id == id))))
        {
            faults.Add("those present are not members, each once, at a meeting");
        }
    }

    /// <summary>Counts the ballots over options again; from the first of them to the last round.</summary>
    private static void CheckOptions(Tally tally, List<string> faults)
    {
        if (tally.Options is not { } options)
        {
            if (tally.Result is not null)
            {
                faults.Add("it has a result of options and no options");
            }

            return;
        }

        if (options.Refusal(tally.Electorate) is { } wrong)
        {
            faults.Add(wrong);
            return;
        }

        List<string?> marks = [.. tally.Secret ? tally.Receipts.Select(line => line.Marks) : tally.Ballots.Select(line => line.Marks)];
        if (marks.Exists(ballot => ballot is null || MarkText.Read(ballot) is not { } read || !options.Takes(read)))
        {
            faults.Add("a ballot of it says nothing of the options that can be counted");
            return;
        }

        var result = Tally.ResultOf(options, marks);
        if (tally.Result is not { } said || !JsonElement.DeepEquals(said, RankedResultJson.ToElement(result)))
        {
            faults.Add("its ballots come to another result than it says");
        }

        if (tally.Outcome != Tally.OutcomeOf(result))
        {
            faults.Add($"it says {tally.Outcome}, and its ballots say {Tally.OutcomeOf(result)}");
        }
    }

    private static void CheckBallots(Tally tally, List<string> faults)
    {
        if (tally.Secret ? tally.Ballots.Count > 0 : tally.Receipts.Count > 0)
        {
            faults.Add(tally.Secret ? "it is secret and names voters" : "it is public and has receipts");
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var ballot in tally.Ballots)
        {
            if (!tally.Electorate.Asks(ballot.Voter))
            {
                faults.Add($"{ballot.Voter} was not asked");
            }

            if (!seen.Add(ballot.Voter))
            {
                faults.Add($"{ballot.Voter} voted twice");
            }

            if (ballot.Received < tally.Opened || ballot.Received > tally.Deadline)
            {
                faults.Add($"the ballot of {ballot.Voter} was not received in time");
            }
        }

        foreach (var line in tally.Receipts)
        {
            if (!seen.Add(line.Receipt))
            {
                faults.Add($"the receipt {line.Receipt} stands twice");
            }
        }
    }

    private static void CheckCount(Tally tally, List<string> faults)
    {
        var votes = tally.Secret ? tally.Receipts.Select(line => line.Vote) : tally.Ballots.Select(line => line.Vote);
        var count = Tally.CountOf(tally.Electorate, votes) with { Present = tally.Present?.Count };
        Check("for", tally.For, count.For);
        Check("against", tally.Against, count.Against);
        Check("abstained", tally.Abstained, count.Abstained);
        Check("silent", tally.Silent, count.Asked - count.Answered);
        if (tally.Options is null && Enum.IsDefined(tally.Rule.Needed.Of) && tally.Rule.Decide(count) is var outcome && outcome != tally.Outcome)
        {
            faults.Add($"it says {tally.Outcome}, and its ballots say {outcome}");
        }

        void Check(string what, int said, int counted)
        {
            if (said != counted)
            {
                faults.Add($"it says {said} {what}, and its ballots say {counted}");
            }
        }
    }
}
