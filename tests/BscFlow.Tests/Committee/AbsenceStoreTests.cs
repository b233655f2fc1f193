using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BscFlow.Committee;
using BscFlow.Storage;

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
        await new TableServiceClient(azurite.ConnectionString).CreateTableIfNotExistsAsync(Keys.AbsencesTable, Cancel);
        await store.PutAsync(committee, new Absence("joe", From, From.AddDays(7)), Cancel);
        ETag? later = null;
        var options = new TableClientOptions();
        options.AddPolicy(
            new BeforeDeletion(async () => later ??= await store.PutAsync(committee, new Absence("joe", From, From.AddDays(9)), Cancel)),
            HttpPipelinePosition.PerCall);
        var racing = new AbsenceStore(new TableServiceClient(azurite.ConnectionString, options));

        var removed = await racing.RemoveAsync(committee, "joe", From, Cancel);

        Assert.NotNull(later);
        Assert.Equal(later, removed);
        Assert.Empty(await store.SinceAsync(committee, From, Cancel));
    }

    private sealed class BeforeDeletion(Func<Task> act) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

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
