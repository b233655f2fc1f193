using System.Globalization;
using Azure.Data.Tables;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Tests.Votes.Receiving;
using BscFlow.Votes;
using BscFlow.Votes.Opening;
using BscFlow.Votes.Tokens;

namespace BscFlow.Tests.Votes;

/// <summary>
/// Kills what a committee does before its first write, its second, and so on to its last, and starts it again each time.
/// </summary>
internal static class KilledRun
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Does it on a motion of its own for each write that it makes, killed before that write, then to the end.</summary>
    /// <param name="act">Is done again after the kill.</param>
    public static async Task KillAllTheWayAsync(
        this VoteRun run, Func<string, Task> prepare, Func<string, Task> act, Func<string, Task> check)
    {
        var kills = 0;
        for (var writes = 0; ; writes++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"motion-{writes:D3}");
            await prepare(id);
            run.Switch.KillAfter(writes);
            try
            {
                await act(id);
            }
            catch (Exception) when (run.Switch.Killed)
            {
                kills++;
            }

            var killed = run.Switch.Killed;
            await run.RestartAsync();
            await act(id);
            await check(id);
            if (!killed)
            {
                break;
            }
        }

        Assert.InRange(kills, 2, 200);
    }

    public static MotionDraft DraftOf(string id) => SmallCommittee.Draft with { Id = id };

    /// <summary>A motion that is open, and of which no mail has left yet.</summary>
    public static async Task OpenAndCallAsync(this VoteRun run, string id)
    {
        SmallCommittee.Made(await run.Of<OpenMotion>().RunAsync(run.Charter, DraftOf(id), "tessa", Cancel));
        await run.StepAsync();
    }

    /// <summary>What Tessa answers to the call.</summary>
    public static IncomingMail MailOf(this VoteRun run, string motion, string text) => CastingTests.Mail(
        "tessa@quill.example",
        run.Of<VotingKeys>().BallotToken(run.Id, motion, "tessa"),
        text,
        received: run.Clock.GetUtcNow()) with
    { MessageId = $"{motion}@client.example" };

    /// <summary>How many mails of a kind about a motion wait to leave.</summary>
    public static async Task<int> MailsAsync(this VoteRun run, string kind, string motion) => await run.Of<Outbox>()
        .WaitingAsync(run.Id, Cancel)
        .CountAsync(
            key => key.StartsWith(kind, StringComparison.Ordinal) && key.Contains($"|{motion}|", StringComparison.Ordinal),
            Cancel);

    /// <summary>How many mails of a kind were ever queued, also those to many that may not leave yet.</summary>
    public static async Task<int> QueuedAsync(this VoteRun run, string kind)
    {
        var start = Keys.OutboxMail($"{kind}|");
        return await run.Of<TableServiceClient>().GetTableClient(Keys.OutboxTable)
            .QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {run.Id} and RowKey ge {start} and RowKey lt {start + "~"}"),
                select: [nameof(TableEntity.RowKey)],
                cancellationToken: Cancel)
            .CountAsync(Cancel);
    }

    /// <summary>What the audit log holds about a motion.</summary>
    public static async Task<IReadOnlyList<string>> EventsAsync(this VoteRun run, string motion) => await run.EventsAsync()
        .Where(entry => entry.Subject.Split('|')[0] == motion)
        .Select(entry => entry.Event)
        .ToListAsync(Cancel);
}
