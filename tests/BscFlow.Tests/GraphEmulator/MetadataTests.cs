using System.Text.Json.Nodes;
using BscFlow.GraphEmulator.Wire;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

/// <summary>The shapes against Graph's own metadata; every body of the other tests is checked against it too.</summary>
public sealed class MetadataTests
{
    private static GraphMetadata Metadata => new(SharedData.Require(Path.Combine("graph", "v1-mail.csdl")));

    [Fact]
    public void Every_property_that_is_written_is_one_of_its_type_and_all_that_matter_are_there()
    {
        var metadata = Metadata;
        var written = new Dictionary<string, IEnumerable<string>>
        {
            ["message"] = MessageResource.Type.Properties.Select(property => property.Name),
            ["eventMessage"] = MessageResource.EventMessageType.Properties.Select(property => property.Name),
            ["mailFolder"] = FolderResource.Type.Properties.Select(property => property.Name),
            ["fileAttachment"] = AttachmentResource.Type.Properties.Select(property => property.Name),
            ["event"] = EventResource.Type.Properties.Select(property => property.Name),
            ["subscription"] = SubscriptionResource.Type.Properties.Select(property => property.Name),
        };
        Assert.All(written, type => Assert.Subset(metadata.Properties(type.Key).ToHashSet(), type.Value.ToHashSet()));
        var left = metadata.Properties("message").Except(written["message"]);
        Assert.Equal(["attachments", "singleValueExtendedProperties"], left.Order());
    }

    [Theory]
    [InlineData("message", typeof(MessageInput))]
    [InlineData("event", typeof(EventInput))]
    [InlineData("mailFolder", typeof(MailFolderInput))]
    [InlineData("fileAttachment", typeof(AttachmentInput))]
    [InlineData("subscription", typeof(SubscriptionInput))]
    [InlineData("emailAddress", typeof(EmailAddress))]
    [InlineData("recipient", typeof(Recipient))]
    [InlineData("itemBody", typeof(ItemBody))]
    [InlineData("attendee", typeof(Attendee))]
    [InlineData("responseStatus", typeof(ResponseStatus))]
    [InlineData("dateTimeTimeZone", typeof(DateTimeTimeZone))]
    [InlineData("location", typeof(Location))]
    [InlineData("followupFlag", typeof(FollowupFlag))]
    [InlineData("internetMessageHeader", typeof(InternetMessageHeader))]
    [InlineData("singleValueLegacyExtendedProperty", typeof(SingleValueExtendedProperty))]
    public void Every_property_that_is_taken_is_one_of_its_type(string type, Type input)
    {
        var taken = WireJson.Default.GetTypeInfo(input)!.Properties.Select(property => property.Name).Where(
            name => name[0] != '@');
        Assert.Subset(Metadata.Properties(type).ToHashSet(), taken.ToHashSet());
    }

    [Fact]
    public void The_check_itself_finds_what_is_wrong()
    {
        var metadata = Metadata;
        Assert.Equal(
            [
                "message.subject is no Edm.String: 5",
                "message.isRead is no Edm.Boolean: \"yes\"",
                "message.importance is no graph.importance: \"urgent\"",
                "message.sentDateTime is no Edm.DateTimeOffset: \"2026-01-05T09:00:00\"",
                "message.from.emailAddress: emailAddress has no property mail",
                "message: message has no property colour",
            ],
            metadata.FaultsOf(
                JsonNode.Parse("""
                    {"@odata.etag":"x","subject":5,"isRead":"yes","importance":"urgent","sentDateTime":"2026-01-05T09:00:00",
                     "from":{"emailAddress":{"mail":"x"}},"colour":1}
                    """),
                "message"));
        Assert.Equal(
            ["message.importance is no graph.importance: \"High\""],
            metadata.FaultsOf(JsonNode.Parse("""{"importance":"High"}"""), "message", sent: false));
        Assert.Equal(["move has no parameter folder"], metadata.FaultsOfAction(JsonNode.Parse("""{"folder":"x"}"""), "move"));
    }

    [Fact]
    public async Task The_bodies_of_a_run_are_checked_where_the_metadata_is_present()
    {
        _ = Metadata;
        Assert.NotNull(GraphMetadata.IfPresent);
        await using var run = await StartAsync();
        var message = await run.PostAsync($"users/{Desk}/messages", Draft("x", Joe));
        Assert.Empty(GraphMetadata.IfPresent.FaultsOfAnswer(message));
        message["sentDateTime"] = "yesterday";
        Assert.Single(GraphMetadata.IfPresent.FaultsOfAnswer(message));
    }
}
