using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Tests.Votes;

namespace BscFlow.Tests.Committee;

public sealed class AbsenceStoreTests(AzuriteFixture azurite)
{
    private static readonly DateOnly From = new(2026, 8, 3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_tag_of_what_was_taken_off_is_of_the_absence_that_was_there_last()
    {
        var committee = AzuriteFixture.NewName();
        var store = new AbsenceStore(new TableServiceClient(azurite.ConnectionString));
        var tables = new TableServiceClient(azurite.ConnectionString);
        await tables.CreateTableIfNotExistsAsync(Keys.AbsencesTable, Cancel);
        await tables.CreateTableIfNotExistsAsync(Keys.AuditTable, Cancel);
        await store.PutAsync(committee, new Absence("joe", From, From.AddDays(7)), Cancel);
        ETag? later = null;
        var options = new TableClientOptions();
        options.AddPolicy(
            new BeforeDeletion(
                async () => later ??= await store.PutAsync(committee, new Absence("joe", From, From.AddDays(9)), Cancel)),
            HttpPipelinePosition.PerCall);
        var racing = new AbsenceStore(new TableServiceClient(azurite.ConnectionString, options));

        var audit = new AuditLog(tables, TimeProvider.System);
        var withdrawn = await new WithdrawAbsence(racing, audit).RunAsync(
            SmallCommittee.Agreed with { Id = committee }, "joe", From, "joe@example.org", Cancel);

        Assert.True(withdrawn);
        Assert.NotNull(later);
        Assert.Equal(
            $"{Keys.Absence("joe", From)} {later}", (await audit.ReadAsync(committee, Cancel).LastAsync(Cancel)).Subject);
        Assert.Empty(await store.SinceAsync(committee, From, Cancel));
    }

    private sealed class BeforeDeletion(Func<Task> act) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            ProcessNext(message, pipeline);

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (message.Request.Method == RequestMethod.Delete)
            {
                await act();
            }

            await ProcessNextAsync(message, pipeline);
        }
    }
}
