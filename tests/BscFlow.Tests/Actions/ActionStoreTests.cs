using Azure.Data.Tables;
using BscFlow.Actions;
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
            _committee, new ActionChanges([open[0] with { State = ActionState.Done, Closed = open[0].Opened }], [open[1]]), Cancel));

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

    private static string Describe(ActionItem item) =>
        $"{item with { Owners = [], Mentions = [], Edits = [], ETag = default }} {string.Join(',', item.Owners)} " + string.Join(
            ' ', item.Mentions.Select(mention => $"{mention with { Owners = [] }} {string.Join(',', mention.Owners)}"));
}
