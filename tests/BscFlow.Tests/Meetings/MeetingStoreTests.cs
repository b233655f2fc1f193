using System.Globalization;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Storage;

namespace BscFlow.Tests.Meetings;

public sealed class MeetingStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 11, 16, 0, 0, TimeSpan.Zero);

    private readonly Charter _charter = Charters.Small(AzuriteFixture.NewName());
    private readonly TableServiceClient _tables = new(azurite.ConnectionString);

    private MeetingStore Store => new(_tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _tables.CreateTableIfNotExistsAsync(Keys.MeetingsTable, Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("7@-30", 8)]
    [InlineData("", 1)]
    [InlineData("7@-2000", 8)]
    [InlineData("7@-30 12@-2000", 13)]
    [InlineData("7@-30 8@-20x", 9)]
    [InlineData("7@-30 9@+60", 10)]
    public async Task The_next_number_is_one_more_than_the_highest_whenever_it_was_used(string used, int next)
    {
        foreach (var word in used.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (number, days) = (Number(word.Split('@')[0]), Number(word.Split('@')[1].TrimEnd('x')));
            await Store.TryAddAsync(
                Meeting(number, Now.AddDays(days)) with
                {
                    State = word.EndsWith('x')
                    ? MeetingState.Cancelled
                    : MeetingState.Published
                },
                Cancel);
        }

        Assert.Equal(next, (await Store.ClaimAsync(Meeting(null, Now), Cancel)).Number);
    }

    [Fact]
    public async Task A_number_that_a_cancelled_meeting_gave_back_is_taken_by_the_next()
    {
        await Store.ClaimAsync(Meeting(null, Now.AddDays(-30)), Cancel);
        var cancelled = await Store.ClaimAsync(Meeting(null, Now.AddDays(-20)), Cancel);
        await Store.TryTakeNumberAsync(cancelled with { State = MeetingState.Cancelled }, Cancel);

        Assert.Equal(2, (await Store.ClaimAsync(Meeting(null, Now), Cancel)).Number);
    }

    [Fact]
    public async Task A_meeting_that_is_claimed_twice_is_one()
    {
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.ClaimAsync(Meeting(null, Now), Cancel)));

        Assert.Equal([1, 1, 1, 1], both.Select(meeting => meeting.Number));
        Assert.Equal(1, (await Store.AtAsync(_charter.Id, Now, Cancel))!.Number);
        Assert.Null(await Store.AtAsync(_charter.Id, Now.AddMinutes(1), Cancel));
    }

    [Fact]
    public async Task The_last_meeting_before_a_moment_is_found_also_when_it_was_years_ago()
    {
        await Store.TryAddAsync(Meeting(1, Now.AddDays(-3000)), Cancel);
        await Store.TryAddAsync(Meeting(2, Now.AddDays(-2000)), Cancel);
        await Store.TryAddAsync(Meeting(3, Now.AddDays(-10)) with { State = MeetingState.Cancelled }, Cancel);
        await Store.TryAddAsync(Meeting(4, Now), Cancel);

        Assert.Equal(
            2, (await Store.LastBeforeAsync(_charter.Id, Now, one => one.State != MeetingState.Cancelled, Cancel))!.Number);
        Assert.Equal(3, (await Store.LastBeforeAsync(_charter.Id, Now, _ => true, Cancel))!.Number);
        Assert.Null(await Store.LastBeforeAsync(_charter.Id, Now, one => one.Number == 9, Cancel));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private Meeting Meeting(int? number, DateTimeOffset start) =>
        new() { Committee = _charter.Id, Number = number, Start = start, Length = TimeSpan.FromHours(1) };
}
