using System.Net;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class ParallelTests
{
    [Fact]
    public async Task Many_senders_at_once_lose_and_double_nothing()
    {
        await using var run = await StartAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 60), TestContext.Current.CancellationToken, async (number, _) =>
        {
            await run.SendMailAsync(Draft($"Mail {number}", Joe, Dana));
            run.Host.As(Kim).Write([Desk], $"Answer {number}", "x");
        });
        var expected = Enumerable.Range(0, 60).Select(number => $"Mail {number}").Order();
        Assert.Equal(expected, run.Host.Messages(Joe).Select(message => message.Subject).Order());
        Assert.Equal(expected, run.Host.Messages(Dana).Select(message => message.Subject).Order());
        Assert.Equal(60, run.Host.Messages(Desk).Count);
        Assert.Empty(run.Host.Messages(Desk, "drafts"));
    }

    [Fact]
    public async Task Of_many_sends_of_one_draft_one_is_accepted()
    {
        await using var run = await StartAsync();
        var draft = await run.PostAsync($"users/{Desk}/messages", Draft("Once", Joe));
        var statuses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var response = await run.Http.PostAsync(
                new Uri(
                    $"users/{Desk}/messages/{draft["id"]}/send",
                    UriKind.Relative), null, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }));
        Assert.Single(statuses, status => status == HttpStatusCode.Accepted);
        Assert.Equal(19, statuses.Count(status => status == HttpStatusCode.NotFound));
        Assert.Single(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task Of_many_events_with_one_transaction_id_there_is_one()
    {
        await using var run = await StartAsync();
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => (string)(await run.PostAsync($"users/{Desk}/events", $$"""
            {"subject":"M","transactionId":"t","start":{"dateTime":"2026-02-01T10:00:00","timeZone":"UTC"},
             "end":{"dateTime":"2026-02-01T11:00:00","timeZone":"UTC"},
             "attendees":[{"emailAddress":{"address":"{{Joe}}"} }]}
            """))["id"]!));
        Assert.Single(ids.Distinct());
        Assert.Single(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task A_reader_of_delta_beside_writers_meets_every_message_once()
    {
        await using var run = await StartAsync();
        var writers = Task.Run(
            () => Parallel.For(0, 100, number => run.Host.As(Joe).Write([Desk], $"{number}", "x")),
            TestContext.Current.CancellationToken);
        var met = new List<string>();
        var link = $"users/{Desk}/mailFolders/inbox/messages/delta?changeType=created&$select=subject";
        while (met.Count < 100)
        {
            var page = await run.GetAsync(link, "odata.maxpagesize=7");
            met.AddRange(page["value"]!.AsArray().Select(item => (string)item!["subject"]!));
            link = (string)(page["@odata.nextLink"] ?? page["@odata.deltaLink"])!;
        }

        await writers;
        Assert.Empty((await run.GetAsync(link))["value"]!.AsArray());
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}").Order(), met.Order());
    }
}
