using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BscFlow.Committee;
using BscFlow.Local.Running;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Votes.Tallies;

public class TallyTests
{
    private static readonly DateTimeOffset Opened = new(2025, 7, 1, 9, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task A_tally_says_who_voted_what_and_how_it_ended()
    {
        var tally = await Of(
            Motion(), [Ballot("oren", Vote.Against), Ballot("tessa", Vote.For, "Fine."), Ballot("abel", Vote.For)]);

        Assert.Equal(["abel", "oren", "tessa"], tally.Ballots.Select(ballot => ballot.Voter));
        Assert.Equal((2, 1, 0, 1), (tally.For, tally.Against, tally.Abstained, tally.Silent));
        Assert.Equal(Outcome.Lost, tally.Outcome);
        Assert.Empty(tally.Receipts);
    }

    [Fact]
    public async Task It_is_the_same_file_whatever_order_the_ballots_came_in()
    {
        Ballot[] ballots = [Ballot("oren", Vote.Against), Ballot("tessa", Vote.For), Ballot("abel", Vote.For)];

        Assert.Equal(await FileOf(Motion(), ballots), await FileOf(Motion(), ballots.Reverse()));
    }

    [Fact]
    public async Task The_file_of_a_public_motion_is_this()
    {
        var file = Encoding.UTF8.GetString(
            await FileOf(Motion(), [Ballot("tessa", Vote.For, "“Fine” & <good>."), Ballot("oren", Vote.Abstain)]));

        var expected =
            """
            {
              "version": 2,
              "committee": "tsc",
              "motion": "2025-07-charter",
              "title": "The new charter",
              "text": "Shall we adopt it?",
              "rule": {
                "name": "charter",
                "needed": {
                  "share": {
                    "numerator": 2,
                    "denominator": 3
                  },
                  "moreThan": false,
                  "of": "Entire",
                  "needs": "at least 2/3"
                },
                "quorum": {
                  "share": {
                    "numerator": 3,
                    "denominator": 5
                  },
                  "moreThan": false,
                  "of": "Entire",
                  "needs": "at least 3/5"
                },
                "inMeeting": false,
                "consensus": false,
                "ratifiedBy": "the board"
              },
              "electorate": {
                "members": [
                  {
                    "id": "tessa",
                    "name": "Tessa Quill"
                  },
                  {
                    "id": "oren",
                    "name": "Oren Vale"
                  },
                  {
                    "id": "abel",
                    "name": "Abel Ngô"
                  },
                  {
                    "id": "mia",
                    "name": "Mia Berg"
                  }
                ],
                "subject": null
              },
              "opened": "2025-07-01T07:00:00+00:00",
              "deadline": "2025-07-08T07:00:00+00:00",
              "closed": "2025-07-08T08:00:00+00:00",
              "secret": false,
              "ballots": [
                {
                  "voter": "oren",
                  "vote": "Abstain",
                  "comment": null,
                  "received": "2025-07-02T07:00:00+00:00",
                  "source": "Mail",
                  "evidence": "oren@mail.example",
                  "proxy": null
                },
                {
                  "voter": "tessa",
                  "vote": "For",
                  "comment": "“Fine” & <good>.",
                  "received": "2025-07-02T07:00:00+00:00",
                  "source": "Mail",
                  "evidence": "tessa@mail.example",
                  "proxy": null
                }
              ],
              "receipts": [],
              "for": 1,
              "against": 0,
              "abstained": 1,
              "silent": 2,
              "outcome": "NoQuorum",
              "hash": ""
            }

            """.ReplaceLineEndings("\n");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

        Assert.Equal(expected.Replace("\"hash\": \"\"", $"\"hash\": \"{hash}\"", StringComparison.Ordinal), file);
    }

    [Fact]
    public async Task A_secret_tally_names_nobody_who_voted()
    {
        var tally = await Of(Motion() with { Secret = true }, [Ballot("tessa", Vote.For, "Mine."), Ballot("oren", Vote.Against)]);
        var file = Encoding.UTF8.GetString(WholeTally.Write(tally));

        Assert.DoesNotContain("Mine.", file, StringComparison.Ordinal);
        Assert.DoesNotContain("oren@mail.example", file, StringComparison.Ordinal);
        Assert.Equal([Vote.For, Vote.Against], tally.Receipts.Select(line => line.Vote));
        Assert.True(tally.Receipts[0].IsMadeBy("receipt of tessa", Tally.CurrentVersion));
        Assert.True(tally.Receipts[1].IsMadeBy("receipt of oren", Tally.CurrentVersion));
        Assert.DoesNotContain("receipt of", file, StringComparison.Ordinal);
        Assert.IsType<Recount.Holds>(await WholeTally.RecountAsync(WholeTally.Write(tally)));
    }

    [Fact]
    public async Task A_tally_holds_when_it_is_counted_again()
    {
        var tally = await Of(
            Motion(),
            [Ballot("tessa", Vote.For), Ballot("oren", Vote.For), Ballot("abel", Vote.For), Ballot("mia", Vote.Against)]);

        var recount = Assert.IsType<Recount.Holds>(await WholeTally.RecountAsync(WholeTally.Write(tally)));

        Assert.Equal(Outcome.Carried, recount.Frame.Outcome);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_changed_byte_is_found(bool secret)
    {
        var motion = Motion() with { Secret = secret };
        var file = await FileOf(motion, [Ballot("tessa", Vote.For, "Ça va."), Ballot("oren", Vote.Abstain)]);
        for (var i = 0; i < file.Length; i++)
        {
            foreach (var change in (byte[])[0x01, 0x20])
            {
                var changed = file.ToArray();
                changed[i] ^= change;

                Assert.IsType<Recount.Broken>(await WholeTally.RecountAsync(changed));
            }
        }
    }

    [Fact]
    public async Task Any_byte_put_in_or_left_out_is_found()
    {
        var file = await FileOf(Motion(), [Ballot("tessa", Vote.For)]);
        for (var i = 0; i <= file.Length; i++)
        {
            byte[] longer = [.. file[..i], (byte)' ', .. file[i..]];

            Assert.IsType<Recount.Broken>(await WholeTally.RecountAsync(longer));
            Assert.IsType<Recount.Broken>(
                await WholeTally.RecountAsync(i == file.Length ? file[..^1] : [.. file[..i], .. file[(i + 1)..]]));
        }
    }

    /// <summary>A forger who can compute hashes still cannot make the numbers fit.</summary>
    public static TheoryData<string, Func<Tally, Tally>> Forgeries => new()
    {
        { "says 4 for", tally => tally with { For = 4 } },
        { "says 0 against", tally => tally with { Against = 0 } },
        { "says 1 abstained", tally => tally with { Abstained = 1 } },
        { "says 0 silent", tally => tally with { Silent = 0 } },
        { "says Carried", tally => tally with { Outcome = Outcome.Carried } },
        { "was not asked", tally => tally with { Ballots = [.. tally.Ballots, tally.Ballots[0] with { Voter = "mallory" }] } },
        { "voted twice", tally => tally with { Ballots = [.. tally.Ballots, tally.Ballots[0]] } },
        { "not received in time", tally => ReceivedAt(tally, tally.Deadline.AddSeconds(1)) },
        { "not received in time", tally => ReceivedAt(tally, tally.Opened.AddSeconds(-1)) },
        { "was not asked", tally => tally with { Electorate = new() { Members = [.. tally.Electorate.Members.Skip(1)] } } },
        { "was not asked", tally => tally with { Electorate = tally.Electorate with { Subject = "tessa" } } },
        { "secret and names voters", tally => tally with { Secret = true } },
        { "public and has receipts", tally => tally with { Receipts = [new("x", Vote.For)] } },
        { "version 3", tally => tally with { Version = 3 } },
        { "share of nothing", tally => tally with { Rule = tally.Rule with { Needed = tally.Rule.Needed with { Share = default } } } },
        { "those present", tally => tally with { Present = ["tessa", "tessa"], Rule = tally.Rule with { InMeeting = true } } },
        { "those present", tally => tally with { Present = ["tessa"] } },
        {
            "10 ballots of 4 who were asked",
            tally => tally with
            {
                Secret = true,
                Ballots = [],
                Receipts = [.. Enumerable.Range(0, 10).Select(line => new TallyReceipt($"{line}", Vote.For))],
                For = 10,
                Against = 0,
                Silent = -6,
            }
        },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_tally_with_a_right_hash_is_found(string fault, Func<Tally, Tally> forge)
    {
        var tally = await Of(Motion(), [Ballot("tessa", Vote.For), Ballot("oren", Vote.For), Ballot("mia", Vote.Against)]);

        var forged = WholeTally.WithHash(forge(tally));

        var broken = Assert.IsType<Recount.Broken>(await WholeTally.RecountAsync(WholeTally.Write(forged)));
        Assert.Contains(broken.Faults, found => found.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ties_that_one_rule_decided_are_told_in_one_sentence_and_so_are_those_who_took_no_part()
    {
        var motion = Motion() with
        {
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Options = [Option("A", "tessa", "oren"), Option("B"), Option("C")],
            },
        };
        var tally = await Of(motion, []);
        var result = new OptionCount(motion.Options).Result() with
        {
            Ties =
            [
                Tie([0, 1], "lot"), Tie([1, 2], "lot"), Tie([0, 1], "lot"), Tie([2, 0], "the chair"),
                Tie([0, 2], "lot") with { Decisive = false },
            ],
        };

        Assert.EndsWith(
            "Equal were A, B; B, C; each time decided by lot. Equal were C, A; decided by the chair. "
                + "Tessa Quill and Oren Vale took no part in A.",
            OptionResultWords.Of(tally, result),
            StringComparison.Ordinal);

        static MotionOption Option(string name, params string[] recused) =>
            new(name, Link: null, Cost: 0, Proposer: null, Affiliation: null, recused);
        static Tie Tie(int[] options, string by) => new(options, Round: null, by, Decisive: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"ballots\":[null]}")]
    public async Task What_is_no_tally_is_broken(string file) =>
        Assert.IsType<Recount.Broken>(await WholeTally.RecountAsync(Encoding.UTF8.GetBytes(file)));

    /// <summary>A program that reads a site of many tallies goes on behind such a one.</summary>
    [Theory]
    [InlineData("\"chair\": []", "\"chair\": [null]")]
    [InlineData("\"caps\": []", "\"caps\": [null]")]
    [InlineData("\"recused\": []", "\"recused\": [null]")]
    [InlineData("\"method\": \"Schulze\"", "\"method\": 99")]
    [InlineData("\"kind\": \"Ranked\"", "\"kind\": 0")]
    [InlineData("\"outcome\": \"NoQuorum\"", "\"outcome\": 2")]
    public async Task What_no_tally_says_is_broken_and_never_thrown(string right, string wrong)
    {
        var motion = Motion() with
        {
            Options = new OptionVote
            {
                Kind = BallotKind.Ranked,
                Method = CountingMethod.Schulze,
                Options = [new("A", null, 0, null, null, []), new("B", null, 0, null, null, [])],
            },
        };
        var file = Encoding.UTF8.GetString(await FileOf(motion, []));
        Assert.Contains(right, file, StringComparison.Ordinal);

        Assert.IsType<Recount.Broken>(
            await WholeTally.RecountAsync(Encoding.UTF8.GetBytes(file.Replace(right, wrong, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_null_among_the_ballots_is_broken()
    {
        var file = Encoding.UTF8.GetString(await FileOf(Motion(), []));

        foreach (var list in (string[])["[null]", "[\n    null\n  ]"])
        {
            Assert.IsType<Recount.Broken>(await WholeTally.RecountAsync(Encoding.UTF8.GetBytes(
                file.Replace("\"ballots\": []", $"\"ballots\": {list}", StringComparison.Ordinal))));
        }
    }

    /// <summary>
    /// The members are read apart from the rest of the file: what looks like their list and is none is found all the same.
    /// </summary>
    [Theory]
    [InlineData("\"members\": [\n", "\"members\": [\n      null,\n")]
    [InlineData("\"members\": [\n", "\"members\": [ \n")]
    [InlineData("\"members\": [\n", "\"members\": [],\n    \"members\": [\n")]
    [InlineData("    \"members\": [\n", "    \"members\": [\n    ],\n    \"members\": [\n")]
    [InlineData("  \"electorate\": {\n", "  \"members\": [\n  ],\n  \"electorate\": {\n")]
    [InlineData("\"ballots\": []", "\"ballots\": [\n    \"members\": [\n  ]")]
    [InlineData("\"name\": \"Oren Vale\"\n      }", "\"name\": \"Oren Vale\"")]
    [InlineData("\"name\": \"Oren Vale\"", "\"name\": \"Oren V\\u0061le\"")]
    [InlineData("\"name\": \"Oren Vale\"", "\"name\": null")]
    public async Task A_list_of_members_in_another_form_is_broken(string right, string wrong)
    {
        var file = Encoding.UTF8.GetString(await FileOf(Motion(), []));
        Assert.Contains(right, file, StringComparison.Ordinal);
        var at = file.IndexOf(right, StringComparison.Ordinal);

        Assert.IsType<Recount.Broken>(
            await WholeTally.RecountAsync(Encoding.UTF8.GetBytes(file[..at] + wrong + file[(at + right.Length)..])));
    }

    [Fact]
    public async Task A_hundred_thousand_ballots_are_counted_again()
    {
        var members = Electors.Of(Enumerable.Range(0, 100_000).Select(i => new Elector($"m{i:000000}", $"Member {i}")));
        var motion = Motion() with { Electorate = new Electorate { Members = members } };

        var tally = await Of(motion, members.Select((member, i) => Ballot(member.Id, i % 3 == 0 ? Vote.Against : Vote.For)));

        Assert.Equal(66_666, tally.For);
        Assert.Equal(Outcome.Lost, tally.Outcome);
        Assert.IsType<Recount.Holds>(await WholeTally.RecountAsync(WholeTally.Write(tally)));
    }

    /// <summary>A process whose heap is a fraction of the file counts it again.</summary>
    [Fact]
    public async Task Ballots_that_do_not_fit_into_memory_are_counted_again()
    {
        const int Voters = 10_000;
        const long HeapLimit = 0x400_0000;
        var members = Electors.Of(Enumerable.Range(0, Voters).Select(i => new Elector($"m{i:000000}", $"Member {i}")));
        var motion = Motion() with { Electorate = new Electorate { Members = members } };
        var comment = new string('x', BscFlow.Votes.Ballot.LongestComment);
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "tally.json");
        await using (var file = File.Create(path))
        {
            await WholeTally.WriteAsync(
                file.WriteAsync, motion, members.Select(member => Ballot(member.Id, Vote.For, comment)), Opened.AddDays(8));
            Assert.True(file.Length > HeapLimit * 3 / 2);
        }

        var start = new ProcessStartInfo("dotnet", [typeof(LocalRun).Assembly.Location, "tally", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", CultureInfo.InvariantCulture) },
        };
        using var tally = Process.Start(start)!;
        var error = tally.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await tally.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await tally.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            (0, $"{path}: it is whole, and its count is right{Environment.NewLine}", ""), (tally.ExitCode, output, await error));
    }

    [Fact]
    public void A_receipt_is_the_voters_own()
    {
        byte[] secret = [.. Enumerable.Repeat((byte)7, 32)];

        Assert.Matches("^[a-z2-7]{4}(-[a-z2-7]{4}){3}$", BallotReceipt.For(secret, "tessa"));
        Assert.Equal(BallotReceipt.For(secret, "tessa"), BallotReceipt.For(secret, "tessa"));
        Assert.NotEqual(BallotReceipt.For(secret, "tessa"), BallotReceipt.For(secret, "oren"));
    }

    [Fact]
    public void The_latest_ballot_in_time_counts()
    {
        var first = Ballot("tessa", Vote.For);
        var second = first with { Vote = Vote.Against, Received = first.Received.AddSeconds(1), Evidence = "a" };
        var sameInstant = first with { Vote = Vote.Abstain, Evidence = "zzz" };

        Assert.Same(second, BscFlow.Votes.Ballot.Later(first, second));
        Assert.Same(second, BscFlow.Votes.Ballot.Later(second, first));
        Assert.Same(sameInstant, BscFlow.Votes.Ballot.Later(first, sameInstant));
        Assert.Same(sameInstant, BscFlow.Votes.Ballot.Later(sameInstant, first));
        Assert.True(first.IsInTime(first.Received));
        Assert.False(first.IsInTime(first.Received.AddSeconds(-1)));
    }

    private static Tally ReceivedAt(Tally tally, DateTimeOffset when) =>
        tally with { Ballots = [.. tally.Ballots.Select(ballot => ballot with { Received = when })] };

    private static Task<byte[]> FileOf(Motion motion, IEnumerable<Ballot> ballots) =>
        WholeTally.FileAsync(motion, ballots, Opened.AddDays(7).AddHours(1));

    private static async Task<Tally> Of(Motion motion, IEnumerable<Ballot> ballots) =>
        TallyFile.Read(await FileOf(motion, ballots));

    private static Ballot Ballot(string voter, Vote vote, string? comment = null) => new()
    {
        Voter = voter,
        Vote = vote,
        Comment = comment,
        Received = Opened.AddDays(1),
        Source = BallotSource.Mail,
        Evidence = voter + "@mail.example",
    };

    private static Motion Motion() => new()
    {
        Committee = "tsc",
        Id = "2025-07-charter",
        Title = "The new charter",
        Text = "Shall we adopt it?",
        Rule = new Rule
        {
            Name = "charter",
            Needed = new Threshold(new Fraction(2, 3), MoreThan: false, Body.Entire),
            Quorum = new Threshold(new Fraction(3, 5), MoreThan: false, Body.Entire),
            RatifiedBy = "the board",
        },
        Electorate = new Electorate
        {
            Members = [new("tessa", "Tessa Quill"), new("oren", "Oren Vale"), new("abel", "Abel Ngô"), new("mia", "Mia Berg")],
        },
        Opened = Opened,
        Deadline = Opened.AddDays(7),
    };
}
