using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Receiving;

namespace BscFlow.Tests.Exports;

/// <summary>Two committees that have kept a bit of everything: minutes, mails, motions, ballots. Tests only read them.</summary>
public sealed class LivedCommittees : IAsyncLifetime
{
    /// <summary>What was said with a secret ballot.</summary>
    public const string Whisper = "because of the merger that nobody knows of";

    /// <summary>What was said with an open one.</summary>
    public const string Said = "because it rained";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal ProductHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Host = await ProductHost.StartAsync(["acme", "apex"]);
        await Host.SettleAsync();
        foreach (var charter in Host.Charters)
        {
            await Host.Get<AddAgendaItem>().RunAsync(charter, "The roof", "ada", "ada", Cancel);
            await VoteAsync(charter, "in-secret", secret: true, Whisper);
            await VoteAsync(charter, "in-public", secret: false, Said);
        }

        await Host.MoveAsync(TimeSpan.FromDays(3));
        await Host.MoveAsync(TimeSpan.FromDays(3));
        foreach (var charter in Host.Charters)
        {
            Assert.NotNull((await Host.Get<MeetingStore>().FindAsync(charter.Id, "0001", Cancel))?.AgendaSentAt);
            Assert.NotNull((await Host.Get<MotionStore>().FindAsync(charter.Id, "in-secret", Cancel))?.Closed);
        }
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private async Task VoteAsync(Charter charter, string motion, bool secret, string comment)
    {
        var now = Host.Time.GetUtcNow();
        var draft = new MotionDraft
        {
            Id = motion,
            Title = $"The motion {motion}",
            Text = "That the roof be mended.",
            Rule = "ordinary",
            Secret = secret,
            Deadline = now.AddDays(5),
        };
        Assert.IsType<MotionChange.Made>(await Host.Get<OpenMotion>().RunAsync(charter, draft, "sec", Cancel));
        foreach (var (voter, vote) in (IEnumerable<(string, Vote)>)[("ada", Vote.For), ("ben", Vote.Abstain)])
        {
            var ballot = new Ballot
            {
                Voter = voter,
                Vote = vote,
                Comment = comment,
                Received = now,
                Source = BallotSource.Phone,
                Evidence = $"phone:{voter}",
            };
            Assert.IsType<Casting.Accepted>(await Host.Get<CastBallot>().EnterAsync(charter, motion, ballot, "sec", Cancel));
        }
    }
}
