using BscFlow.Actions;
using BscFlow.Exports;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Minutes;
using BscFlow.Storage;
using BscFlow.Tests.Votes.Tallies;
using BscFlow.Votes;
using BscFlow.Votes.Ballots;
using BscFlow.Votes.Tallies;

namespace BscFlow.Tests.Exports;

/// <summary>
/// Rows and blobs as an earlier version of the program has left them: a folder a version, written once and never again.
/// Whatever is added to a row since must have a meaning for a row that lacks it.
/// </summary>
public sealed class OlderStorageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("version-1")]
    public async Task What_an_earlier_version_stored_is_read_worked_on_and_exported_unchanged(string version)
    {
        var sample = Repository.PathOf($"tests/BscFlow.Tests/Exports/Samples/{version}");
        await using var host = await ProductHost.StartAsync([]);
        await host.Get<RestoreCommittee>().RunAsync(sample, Cancel);

        var meeting = Assert.Single(await host.Get<MeetingStore>().AllAsync("acme", Cancel));
        Assert.Equal((1, "ada", MeetingState.Ahead), (meeting.Number, meeting.Chair, meeting.State));
        Assert.Equal(
            "The roof", Assert.Single(await host.Get<AgendaStore>().ForMeetingAsync("acme", meeting.Start, Cancel)).Text);
        Assert.Contains(
            "The roof", (await host.Get<MinutesStore>().FindAsync("acme", 2026, "0001", Cancel))!.Text, StringComparison.Ordinal);
        Assert.Empty(await host.Get<ActionStore>().AllAsync("acme", Cancel));
        var motion = (await host.Get<MotionStore>().FindAsync("acme", "in-public", Cancel))!;
        Assert.Equal(Vote.Abstain, (await host.Get<BallotStore>().FindAsync(motion, "ben", Cancel))!.Vote);
        await WholeTally.ReadAsync(await host.Get<TallyStore>().ReadFileAsync(motion, Cancel));
        var mail = await host.Get<Outbox>().FindAsync("acme", "agenda|0001|20260114t1600z|ada", Cancel);
        Assert.Equal("ada.acme@members.example", Assert.Single(mail!.Mail.To).Address);
        Assert.Null(await host.Get<AuditLog>().FindBreakAsync("acme", _ => { }, Cancel));
        await AssertExportedAgainAsync(host, sample);

        // The reminder of a meeting that an earlier version drafted.
        await host.MoveAsync(new DateTimeOffset(2026, 1, 13, 18, 0, 0, TimeSpan.Zero) - ProductHost.Begin);
        Assert.NotNull((await host.Get<MeetingStore>().FindAsync("acme", "0001", Cancel))!.RemindedAt);
    }

    private static async Task AssertExportedAgainAsync(ProductHost host, string sample)
    {
        using var folder = new TemporaryFolder();
        var again = Path.Combine(folder.Path, "again");
        await host.Get<ExportCommittee>().RunAsync("acme", again, Cancel);
        Assert.All(
            Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories),
            file => Assert.Equal(
                File.ReadAllText(file), File.ReadAllText(Path.Combine(again, Path.GetRelativePath(sample, file)))));
    }
}
