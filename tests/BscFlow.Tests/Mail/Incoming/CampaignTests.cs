using System.Diagnostics;
using System.Globalization;
using System.Text;
using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Votes;
using BscFlow.Votes.Closing;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tallies;
using BscFlow.Votes.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace BscFlow.Tests.Mail.Incoming;

/// <summary>
/// Many motions and ballots at once, while Graph fails, repeats and reorders, and the process is killed again and again. The
/// number of motions is 20, or what BSCFLOW_CAMPAIGN says; ten ballots each, and what comes beside them.
/// </summary>
public sealed class CampaignTests(AzuriteFixture azurite, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Voters = 10;

    private static readonly DateTimeOffset Begin = new(2025, 7, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly (string Method, string Path, FaultKind Kind)[] Faults =
    [
        ("GET", "*/delta", FaultKind.DeltaDuplicates),
        ("GET", "*/delta", FaultKind.DeltaReordered),
        ("GET", "*/delta", FaultKind.DeltaSparse),
        ("GET", "*/delta", FaultKind.DeltaEmptyPage),
        ("GET", "*/delta", FaultKind.DeltaExpired),
        ("GET", "*/delta", FaultKind.ServiceUnavailable),
        ("GET", "*/$value", FaultKind.ServiceUnavailable),
        ("GET", "*/$value", FaultKind.ConnectionReset),
        ("POST", "*/move", FaultKind.GatewayTimeoutAfterAcceptance),
        ("POST", "*/move", FaultKind.ConnectionReset),
        ("POST", "*/send", FaultKind.GatewayTimeoutAfterAcceptance),
        ("POST", "*/send", FaultKind.ConnectionResetAfterAcceptance),
        ("POST", "*/send", FaultKind.ServiceUnavailable),
        ("POST", "*/messages", FaultKind.GatewayTimeoutAfterAcceptance),
    ];

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("BSCFLOW_SEED"), out var seed)
        ? seed
        : Random.Shared.Next();

    private readonly int _motions = int.TryParse(Environment.GetEnvironmentVariable("BSCFLOW_CAMPAIGN"), out var motions)
        ? motions
        : 20;
    private readonly FakeTimeProvider _clock = new(Begin);
    private readonly Charter _charter = Agreed();

    /// <summary>What must count: of each motion and voter the last of the ballots that came in time.</summary>
    private readonly Dictionary<(string Motion, string Voter), Ballot> _expected = [];

    private GraphEmulatorHost _host = null!;
    private int _kills;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private enum Sort
    {
        Ballot,
        Unclear,
        Forged,
        Automatic,
        Guessed,
    }

    /// <param name="Copies">How often it is delivered.</param>
    private sealed record Sent(string Id, string Motion, string Voter, Sort Sort, Vote Vote, int Copies);

    public async ValueTask InitializeAsync() => _host = await GraphEmulatorHost.StartAsync(
        new GraphEmulatorOptions
        {
            Mailboxes =
            [
                new(_charter.Mailbox, _charter.Name),
                .. _charter.Members.Select(member => new EmulatedMailbox(member.Addresses[0], member.Name)),
                .. _charter.Secretaries.Select(address => new EmulatedMailbox(address, address)),
            ],
            AppAccess = [_charter.Mailbox],
            Clock = _clock,
        },
        Cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task After_faults_copies_and_kills_each_ballot_counts_once_each_refusal_has_its_reason_and_no_mail_left_twice()
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(_seed);
        output.WriteLine($"Seed {_seed}; set BSCFLOW_SEED to run it again.");
        await using var start = new CampaignProcess(_charter.Id, azurite.ConnectionString, _host.Address, _clock, new Life(null));
        await OpenAsync(start);
        var mails = Write(random);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(mails));

        for (var next = 0; next < mails.Count;)
        {
            var batch = mails.Skip(next).Take(random.Next(5, 25)).ToList();
            next += batch.Count;
            batch.ForEach(mail => Deliver(start, mail));
            _clock.Advance(TimeSpan.FromSeconds(random.Next(1, 30)));
            await WorkAsync(random, random.Next(3) == 0 ? null : random.Next(5, 150));
        }

        _host.Faults.Clear();
        await FinishAsync(start);
        await LateAsync(start, random);
        output.WriteLine($"{_motions} motions, {mails.Count} mails, killed {_kills} times, {watch.Elapsed.TotalSeconds:0} s.");

        await CheckMotionsAsync(start);
        await CheckRowsAsync(start, mails);
        CheckMails();
        Assert.Null(await start.Of<AuditLog>().FindBreakAsync(_charter.Id, _ => { }, Cancel));
        Assert.True(_kills >= _motions / 4, $"The process was killed {_kills} times only.");
    }

    private static Charter Agreed()
    {
        var id = AzuriteFixture.NewName();
        return SmallCommittee.Agreed with
        {
            Id = id,
            Mailbox = $"{id}@committee.example",
            Secretaries = ["sec@office.example"],
            Proxies = [],
            Members =
            [
                .. Enumerable.Range(0, Voters).Select(number => new Member
                {
                    Id = $"m{number}",
                    Name = $"Member {number}",
                    Addresses = [$"m{number}@voters.example"],
                    Terms = [new Term(new DateOnly(2024, 1, 1))],
                }),
            ],
        };
    }

    private async Task OpenAsync(CampaignProcess process)
    {
        await process.Of<StorageSetup>().EnsureAsync(Cancel);
        await process.Of<CharterStore>().TakeOverAsync(CharterWriter.Write(_charter), Cancel);
        await process.Of<CommitteeStateStore>().GetAsync(_charter.Id, Cancel);
        for (var number = 0; number < _motions; number++)
        {
            var draft = new MotionDraft { Id = Motion(number), Title = $"Motion {number}", Text = "Shall we?", Rule = "ordinary" };
            SmallCommittee.Made(await process.Of<OpenMotion>().RunAsync(_charter, draft, "sec", Cancel));
            await process.Of<TokenStore>().AddAsync(_charter.Id, draft.Id, _charter.Members.Select(member => member.Id), Cancel);
        }
    }

    private List<Sent> Write(Random random)
    {
        List<Sent> mails = [];
        for (var motion = 0; motion < _motions; motion++)
        {
            foreach (var member in _charter.Members)
            {
                Add(motion, member, Sort.Ballot);
                for (var more = random.Next(100); more < 30; more += 15)
                {
                    Add(motion, member, random.Next(2) == 0 ? Sort.Ballot : (Sort)random.Next(1, 5));
                }
            }
        }

        return mails;

        void Add(int motion, Member member, Sort sort) => mails.Add(new(
            $"c{mails.Count}@voters.example",
            Motion(motion),
            member.Id,
            sort,
            (Vote)random.Next(3),
            random.Next(10) == 0 ? 2 : 1));
    }

    private void Deliver(CampaignProcess process, Sent mail)
    {
        var token = mail.Sort is Sort.Guessed
            ? "abcdefghijklmnopqrstuvwx"
            : process.Of<VotingKeys>().BallotToken(_charter.Id, mail.Motion, mail.Voter).ToString();
        var words = mail.Sort is Sort.Unclear ? "Yes, but not like this." : mail.Vote switch
        {
            Vote.For =>
            "+1",
            Vote.Against => "-1",
            _ => "0"
        };
        var automatic = mail.Sort is Sort.Automatic ? "Auto-Submitted: auto-replied\r\n" : "";
        for (var copy = 0; copy < mail.Copies; copy++)
        {
            _host.Deliver(new OutsideMail
            {
                Mime = Encoding.UTF8.GetBytes(
                    $"From: {mail.Voter}@voters.example\r\nTo: {_charter.Mailbox}\r\nSubject: Re: Vote [v-{token}]\r\n"
                    + $"Message-ID: <{mail.Id}>\r\n{automatic}\r\n{words}\r\n"),
                Recipients = [_charter.Mailbox],
                ReturnPath = $"{mail.Voter}@voters.example",
                AuthenticationResults = mail.Sort is Sort.Forged
                    ? ["dmarc=fail header.from=voters.example"]
                    : [OutsideMail.Pass("voters.example")],
            });
        }

        if (mail.Sort is Sort.Ballot && _clock.GetUtcNow() <= Begin + _charter.Motions.Open)
        {
            var ballot = new Ballot
            {
                Voter = mail.Voter,
                Vote = mail.Vote,
                Received = _clock.GetUtcNow(),
                Source = BallotSource.Mail,
                Evidence = mail.Id,
            };
            var key = (mail.Motion, mail.Voter);
            _expected[key] = _expected.TryGetValue(key, out var known) ? Ballot.Later(known, ballot) : ballot;
        }
    }

    /// <summary>A process reads the mailbox and sends what waits, until it is killed or done.</summary>
    private async Task WorkAsync(Random random, int? ends)
    {
        for (var faults = random.Next(4); faults > 0; faults--)
        {
            var (method, path, kind) = Faults[random.Next(Faults.Length)];
            _host.Faults.Arm(new() { Method = method, Path = path, Kind = kind, After = random.Next(5) });
        }

        var life = new Life(ends);
        await using var process = new CampaignProcess(_charter.Id, azurite.ConnectionString, _host.Address, _clock, life);
        try
        {
            await process.Of<CollectMail>().RunAsync(_charter.Mailbox, anew: false, Cancel);
            await SendAsync(process);
        }
        catch (Exception e) when (e is KilledException or MailboxUnavailableException or MailRefusedException or AggregateException)
        {
            // The next one goes on.
        }

        _kills += life.IsOver ? 1 : 0;
    }

    private async Task SendAsync(CampaignProcess process)
    {
        var waiting = await process.Of<Outbox>().WaitingAsync(_charter.Id, Cancel).ToListAsync(Cancel);
        await Parallel.ForEachAsync(
            waiting,
            new ParallelOptions { MaxDegreeOfParallelism = 6, CancellationToken = Cancel },
            async (key, token) => await process.Of<Outbox>().SendAsync(_charter, key, token));
    }

    private async Task FinishAsync(CampaignProcess process)
    {
        await process.Of<CollectMail>().RunAsync(_charter.Mailbox, anew: false, Cancel);
        await SendAsync(process);
        Assert.Empty(_host.Messages(_charter.Mailbox));
        Assert.Empty(await process.Of<Outbox>().WaitingAsync(_charter.Id, Cancel).ToListAsync(Cancel));
    }

    /// <summary>One ballot a motion comes a second late, and then all are closed.</summary>
    private async Task LateAsync(CampaignProcess process, Random random)
    {
        _clock.SetUtcNow(Begin + _charter.Motions.Open + TimeSpan.FromSeconds(1));
        for (var number = 0; number < _motions; number++)
        {
            Deliver(
                process,
                new($"late{number}@voters.example", Motion(number), $"m{random.Next(Voters)}", Sort.Ballot, Vote.Against, 1));
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        for (var number = 0; number < _motions; number++)
        {
            await process.Of<CloseMotion>().RunAsync(_charter, Motion(number), Cancel);
        }

        await FinishAsync(process);
    }

    private async Task CheckMotionsAsync(CampaignProcess process)
    {
        for (var number = 0; number < _motions; number++)
        {
            var motion = (await process.Of<MotionStore>().FindAsync(_charter.Id, Motion(number), Cancel))!;
            Assert.False(motion.IsOpen, motion.Id);
            var file = await process.Of<TallyStore>().ReadFileAsync(motion, Cancel);
            var tally = await WholeTally.ReadAsync(file);
            var expected = _expected.Where(entry => entry.Key.Motion == motion.Id).Select(entry => entry.Value).ToList();
            Assert.Equal(
                expected.Select(ballot => (ballot.Voter, ballot.Vote, ballot.Evidence)).Order(),
                tally.Ballots.Select(ballot => (ballot.Voter!, ballot.Vote, ballot.Evidence!)).Order());
            Assert.Equal(expected.Count(ballot => ballot.Vote is Vote.For), tally.For);
        }
    }

    private async Task CheckRowsAsync(CampaignProcess process, List<Sent> mails)
    {
        var rows = await process.Of<MailStore>().ListAsync(_charter.Id, after: null, Cancel).ToListAsync(Cancel);
        Assert.Equal(mails.Sum(mail => mail.Copies) + _motions, rows.Count);
        Assert.All(rows, row => Assert.NotEmpty(row.Reason));
        var byMessage = rows.ToLookup(row => row.MessageId);
        foreach (var mail in mails)
        {
            Assert.Equal(mail.Copies, byMessage[mail.Id].Count());
            Assert.Equal(mail.Sort is Sort.Ballot ? 1 : 0, byMessage[mail.Id].Count(row => row.Acted));
        }
    }

    /// <summary>Each mail of ours has one key, and lies once in one inbox.</summary>
    private void CheckMails()
    {
        var sent = _host.Messages(_charter.Mailbox, "sentitems");
        var keys = sent
            .Select(mail => mail.ExtendedProperties.Single(property => property.Key.EndsWith("BscFlowKey", StringComparison.Ordinal)).Value)
            .ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.Empty(_host.Messages(_charter.Mailbox, "drafts"));
        var received = _charter.Members.Select(member => member.Addresses[0]).Concat(_charter.Secretaries)
            .SelectMany(address => _host.Messages(address)).Select(mail => mail.InternetMessageId).ToList();
        Assert.Equal(sent.Select(mail => mail.InternetMessageId).Order(), received.Order());
        output.WriteLine($"{sent.Count} mails left, each once.");
    }

    private static string Motion(int number) => string.Create(CultureInfo.InvariantCulture, $"motion-{number:D4}");
}
