using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;
using BscFlow.Actions;
using BscFlow.Minutes;
using BscFlow.Storage;

namespace BscFlow.Tests.Actions;

/// <summary>What a person changes in the register, and what the minutes say before and after.</summary>
public sealed class ActionEditTests(AzuriteFixture azurite)
{
    private const string February = """
        ## Meeting #55 - 2025-02-12

        - **Chair:** Priya Raghunathan
        - **Notes:**
          - AI(Priya): Write the checklist of the harbour pilots by 2025-02-14
        """;

    private const string March = """
        ## Meeting #56 - 2025-03-12

        - **Notes:**
          - Previous AI(Priya): Write the checklist of the harbour pilots
        """;

    [Fact]
    public void What_was_changed_stays_when_the_same_minutes_are_read_again()
    {
        var item = Read([], February).Single();
        item = ActionRegister.Edit(
            item, At("2025-02-20") with { State = ActionState.Done, Owners = ["tomas"], Due = new(2025, 3, 1) });

        var again = Read([item], February.Replace("checklist", "long checklist", StringComparison.Ordinal)).Single();

        Assert.Equal("Write the long checklist of the harbour pilots by 2025-02-14", again.Text);
        Assert.Equal((ActionState.Done, new DateOnly(2025, 2, 20)), (again.State, again.Closed));
        Assert.Equal(["tomas"], again.Owners);
        Assert.Equal(new DateOnly(2025, 3, 1), again.Due);
    }

    [Fact]
    public void A_later_meeting_that_still_speaks_of_the_task_opens_it_again_and_keeps_the_new_date()
    {
        var item = ActionRegister.Edit(
            Read([], February).Single(), At("2025-02-20") with { State = ActionState.Done, Due = new(2025, 4, 1) });

        var later = Read([item], March).Single();

        Assert.Equal(ActionState.Open, later.State);
        Assert.Null(later.Closed);
        Assert.Equal(new DateOnly(2025, 4, 1), later.Due);
    }

    [Fact]
    public void Minutes_of_an_earlier_day_that_are_read_late_do_not_undo_it()
    {
        var item = ActionRegister.Edit(
            Read([], February).Single(), At("2025-03-14") with { State = ActionState.Done, Owners = [] });

        var later = Read([item], March).Single();

        Assert.Equal((ActionState.Done, 0), (later.State, later.Owners.Count));
        Assert.Equal(2, later.Mentions.Count);
    }

    [Fact]
    public void A_task_that_was_given_to_somebody_else_is_known_again_in_the_next_minutes()
    {
        var item = ActionRegister.Edit(Read([], February).Single(), At("2025-02-20") with { Owners = ["tomas"] });

        var later = Read([item], March.Replace("Priya", "Tomás", StringComparison.Ordinal)).Single();

        Assert.Equal(("0055-1", "tomas"), (later.Id, later.Owners.Single()));
        Assert.Equal(2, later.Mentions.Count);
    }

    [Fact]
    public void What_was_done_can_be_opened_again()
    {
        var item = Read([], February).Single();
        item = ActionRegister.Edit(item, At("2025-02-20") with { State = ActionState.Done });
        item = ActionRegister.Edit(item, At("2025-02-21") with { State = ActionState.Open });

        Assert.Equal((ActionState.Open, null, 2), (item.State, item.Closed, item.Edits.Count));
    }

    [Fact]
    public async Task A_row_from_before_there_were_changes_is_read()
    {
        var tables = new TableServiceClient(azurite.ConnectionString);
        await tables.CreateTableIfNotExistsAsync(Keys.ActionsTable, TestContext.Current.CancellationToken);
        var committee = AzuriteFixture.NewName();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest))
        {
            brotli.Write(Encoding.UTF8.GetBytes("""
                {"Id":"0055-1","Owners":["priya"],"Text":"Ask","State":"Open","Meeting":55,"Opened":"2025-02-12","Line":3,"Closed":null,
                "Due":null,"LastSeen":"2025-02-12","Mentions":[{"Meeting":55,"Date":"2025-02-12","Line":3,"Owners":["priya"],"Text":"Ask",
                "Done":false,"Carried":false,"Dropped":false,"Due":null}]}
                """));
        }

        await tables.GetTableClient(Keys.ActionsTable).AddEntityAsync(
            new TableEntity(committee, "0055-1") { ["v"] = 1, ["State"] = "Open", ["Item"] = packed.ToArray() },
            TestContext.Current.CancellationToken);
        var store = new ActionStore(tables);

        var item = await store.FindAsync(committee, "0055-1", TestContext.Current.CancellationToken);

        Assert.Empty(item!.Edits);
        var done = ActionRegister.Edit(item, At("2025-02-20") with { State = ActionState.Done });
        Assert.True(await store.TryApplyAsync(committee, new ActionChanges([done], []), TestContext.Current.CancellationToken));
        Assert.Equal(
            At("2025-02-20") with { State = ActionState.Done },
            (await store.FindAsync(committee, "0055-1", TestContext.Current.CancellationToken))!.Edits.Single());
    }

    private static IReadOnlyList<ActionItem> Read(IReadOnlyList<ActionItem> known, string minutes) =>
        ActionRegister
            .Read(known, MinutesReader.Read(minutes).Meetings.Single(), Tidewater.Roster, nextMeeting: null)
            .AppliedTo(known);

    private static ActionEdit At(string day) => new()
    {
        At = DateTimeOffset.Parse($"{day}T12:00Z", System.Globalization.CultureInfo.InvariantCulture),
        Day = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
        Who = "leila@tidewater.example",
    };
}
