using Azure.Data.Tables;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Storage;

namespace BscFlow.Tests.Actions;

public sealed class ActionStoreTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string _committee = AzuriteFixture.NewName();
    private readonly TableServiceClient _tables = new(azurite.ConnectionString);

    private ActionStore Store => new(_tables);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await _tables.CreateTableIfNotExistsAsync(Keys.ActionsTable, Cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_register_of_the_sample_is_read_as_it_was_stored()
    {
        var register = Publishing.SampleSite.Archive.Actions;

        Assert.True(await Store.TryApplyAsync(_committee, new ActionChanges(register, []), Cancel));

        var stored = await Store.AllAsync(_committee, Cancel);
        Assert.Equal(register.Select(Describe), stored.Select(Describe));
        Assert.Equal(
            register.Where(item => item.State is ActionState.Open).Select(item => item.Id),
            (await Store.OpenAsync(_committee, Cancel)).Select(item => item.Id));
    }

    [Fact]
    public async Task An_item_of_a_meeting_without_number_is_read_too()
    {
        var item = Item("2025-02-12-1") with
        {
            Meeting = null,
            Mentions =
            [
                new ActionMention { Meeting = null, Date = new DateOnly(2025, 2, 12), Line = 3, Owners = [], Text = "café ✅" },
            ],
        };

        await Store.TryApplyAsync(_committee, new ActionChanges([item], []), Cancel);

        Assert.Equal(Describe(item), Describe(Assert.Single(await Store.AllAsync(_committee, Cancel))));
    }

    [Fact]
    public async Task An_item_that_is_closed_leaves_the_open_ones()
    {
        var open = await AddAsync(Item("0001-1"), Item("0001-2"));

        Assert.True(await Store.TryApplyAsync(
            _committee,
            new ActionChanges([open[0] with { State = ActionState.Done, Closed = open[0].Opened }], [open[1]]),
            Cancel));

        Assert.Empty(await Store.OpenAsync(_committee, Cancel));
        Assert.Equal("0001-1", Assert.Single(await Store.AllAsync(_committee, Cancel)).Id);
    }

    [Fact]
    public async Task A_change_over_an_item_that_somebody_changed_is_refused_and_none_of_its_company_is_written()
    {
        var read = await AddAsync(Item("0001-1"), Item("0001-2"));
        await Store.TryApplyAsync(_committee, new ActionChanges([read[0] with { Text = "theirs" }], []), Cancel);

        Assert.False(await Store.TryApplyAsync(
            _committee, new ActionChanges([read[0] with { Text = "mine" }, read[1] with { Text = "mine" }], []), Cancel));

        Assert.Equal(["theirs", "call the harbour"], (await Store.AllAsync(_committee, Cancel)).Select(item => item.Text));
    }

    [Fact]
    public async Task An_item_that_two_add_is_added_once()
    {
        var changes = new ActionChanges([Item("0001-1")], []);

        var added = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Store.TryApplyAsync(_committee, changes, Cancel)));

        Assert.Equal(1, added.Count(done => done));
    }

    [Fact]
    public async Task More_items_than_a_transaction_holds_are_stored()
    {
        var items = Enumerable.Range(1, 250).Select(i => Item($"0001-{i:000}")).ToList();

        Assert.True(await Store.TryApplyAsync(_committee, new ActionChanges(items, []), Cancel));

        Assert.Equal(250, (await Store.AllAsync(_committee, Cancel)).Count);
    }

    [Fact]
    public async Task The_longest_item_that_the_register_keeps_fits_a_row()
    {
        // Texts that hardly repeat, so that packing them gains little.
        var random = new Random(7);
        var mentions = Enumerable.Range(0, ActionRegister.MostMentions).Select(i => new ActionMention
        {
            Meeting = i,
            Date = new DateOnly(2020, 1, 1).AddDays(28 * i),
            Line = 5,
            Owners = ["amara", "ines", "mateusz"],
            Text = string.Concat(Enumerable.Range(0, ActionRegister.LongestText).Select(_ => (char)random.Next(0x4E00, 0x9FFF))),
        }).ToList();
        var item = Item("0001-1") with { Mentions = mentions };

        Assert.True(await Store.TryApplyAsync(_committee, new ActionChanges([item], []), Cancel));

        Assert.Equal(Describe(item), Describe(Assert.Single(await Store.AllAsync(_committee, Cancel))));
    }

    [Fact]
    public async Task A_change_gives_the_years_that_speak_of_its_items_another_version_and_no_other()
    {
        var items = await AddAsync(In("0001-1", 2019), In("0002-1", 2020), In("0003-1", 2021), In("0004-1", 2022));
        var before = await Store.YearVersionsAsync(_committee, Cancel);
        Assert.Equal([2019, 2020, 2021, 2022], before.Keys.Order());

        await Store.TryApplyAsync(
            _committee, new ActionChanges([items[0] with { State = ActionState.Done }], [items[1]]) { Left = [2021] }, Cancel);

        var after = await Store.YearVersionsAsync(_committee, Cancel);
        Assert.Equal([2022], after.Keys.Where(year => after[year] == before[year]));
        Assert.Null(await Store.FindAsync(_committee, Keys.ActionYear(2019), Cancel));
    }

    [Fact]
    public async Task Of_more_items_than_a_transaction_holds_every_year_gets_a_version()
    {
        var items = Enumerable.Range(0, 250).Select(i => In($"{i:0000}-1", 1900 + i)).ToList();

        Assert.True(await Store.TryApplyAsync(_committee, new ActionChanges(items, []), Cancel));

        Assert.Equal(250, (await Store.YearVersionsAsync(_committee, Cancel)).Count);
        Assert.Equal(250, (await Store.AllAsync(_committee, Cancel)).Count);
    }

    [Fact]
    public async Task Minutes_are_read_against_what_they_can_speak_of_as_against_the_whole_register()
    {
        var archive = Publishing.SampleSite.Archive;
        var (roster, meetings) = (new Roster(archive.Charter), archive.Years.SelectMany(year => year.Document.Meetings));
        await Store.TryApplyAsync(_committee, new ActionChanges(archive.Actions, []), Cancel);
        await Store.TryApplyAsync(_committee, new ActionChanges([In("0900-1", 2011)], []), Cancel);
        var all = await Store.AllAsync(_committee, Cancel);

        // Each once more: with a word changed, so that there is something to save.
        foreach (var minutes in meetings)
        {
            var changed =
                minutes with { ActionItems = [.. minutes.ActionItems.Select(item => item with { Text = item.Text + " soon" })] };
            var known = await Store.KnownToAsync(_committee, minutes.Number, minutes.Date!.Value, Cancel);

            Assert.DoesNotContain(known, item => item.Id == "0900-1");
            Assert.Equal(
                ActionRegister.Read(all, changed, roster, null).Saved.Select(Describe),
                ActionRegister.Read(known, changed, roster, null).Saved.Select(Describe));
        }
    }

    [Fact]
    public async Task A_row_that_does_not_say_when_its_item_was_last_spoken_of_is_read()
    {
        await AddAsync(In("0001-1", 2011));
        await _tables.GetTableClient(Keys.ActionsTable).UpsertEntityAsync(
            new TableEntity(_committee, "0001-1") { ["v"] = 1 }, TableUpdateMode.Merge, Cancel);

        Assert.Single(await Store.KnownToAsync(_committee, 7, new DateOnly(2025, 1, 1), Cancel));
        Assert.Single(await Store.OpenOrSeenAsync(_committee, new DateOnly(2025, 1, 1), Cancel));
    }

    [Fact]
    public async Task Another_committees_items_are_not_seen()
    {
        await AddAsync(Item("0001-1"));

        Assert.Empty(await Store.AllAsync(AzuriteFixture.NewName(), Cancel));
    }

    private async Task<IReadOnlyList<ActionItem>> AddAsync(params ActionItem[] items)
    {
        await Store.TryApplyAsync(_committee, new ActionChanges(items, []), Cancel);
        return await Store.AllAsync(_committee, Cancel);
    }

    private static ActionItem Item(string id) => new()
    {
        Id = id,
        Owners = ["priya", "Leila Haddad"],
        Text = "call the harbour",
        Meeting = 1,
        Opened = new DateOnly(2025, 2, 12),
        Line = 7,
        Due = new DateOnly(2025, 3, 1),
        LastSeen = new DateOnly(2025, 3, 12),
    };

    /// <summary>Closed, and spoken of in one year alone.</summary>
    private static ActionItem In(string id, int year)
    {
        var day = new DateOnly(year, 2, 12);
        return Item(id) with
        {
            State = ActionState.Dropped,
            Opened = day,
            LastSeen = day,
            Mentions = [new ActionMention { Meeting = 1, Date = day, Line = 3, Owners = [], Text = "call the harbour" }],
        };
    }

    private static string Describe(ActionItem item) =>
        $"{item with { Owners = [], Mentions = [], Edits = [], ETag = default }} {string.Join(',', item.Owners)} " + string.Join(
            ' ', item.Mentions.Select(mention => $"{mention with { Owners = [] }} {string.Join(',', mention.Owners)}"));
}
