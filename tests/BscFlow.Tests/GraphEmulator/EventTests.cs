using System.Net;
using System.Text.Json.Nodes;
using BscFlow.GraphEmulator;
using MimeKit;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class EventTests
{
    private static string Meeting(
        string? transaction = null, string start = "2026-03-11T16:00:00",
        string end = "2026-03-11T17:00:00") => new JsonObject
        {
            ["subject"] = "Meeting #62",
            ["body"] = new JsonObject { ["contentType"] = "html", ["content"] = "<p>Agenda</p>" },
            ["start"] = new JsonObject { ["dateTime"] = start, ["timeZone"] = "America/Los_Angeles" },
            ["end"] = new JsonObject { ["dateTime"] = end, ["timeZone"] = "Pacific Standard Time" },
            ["location"] = new JsonObject { ["displayName"] = "Room; 1, ground floor" },
            ["isOnlineMeeting"] = true,
            ["transactionId"] = transaction,
            ["attendees"] = new JsonArray(Attendee(Joe, "required"), Attendee(Dana, "optional")),
        }.ToJsonString();

    private static JsonObject Attendee(string address, string type) =>
        new() { ["type"] = type, ["emailAddress"] = new JsonObject { ["address"] = address, ["name"] = address } };

    private static IEnumerable<string> Responses(JsonNode item) =>
        item["attendees"]!.AsArray().Select(attendee => (string)attendee!["status"]!["response"]!);

    [Fact]
    public async Task An_event_is_created_in_its_zone_and_read_in_UTC_or_the_preferred_zone()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        Assert.Equal("2026-03-11T23:00:00.0000000", (string)made["start"]!["dateTime"]!);
        Assert.Equal("UTC", (string)made["start"]!["timeZone"]!);
        Assert.Equal("America/Los_Angeles", (string)made["originalStartTimeZone"]!);
        Assert.Equal(["none", "none"], Responses(made));
        Assert.NotEmpty((string)made["onlineMeeting"]!["joinUrl"]!);
        Assert.True((bool)made["isOrganizer"]!);
        var there = await run.GetAsync($"users/{Desk}/events/{made["id"]}", "outlook.timezone=\"W. Europe Standard Time\"");
        Assert.Equal("2026-03-12T00:00:00.0000000", (string)there["start"]!["dateTime"]!);
    }

    [Fact]
    public async Task A_repeat_with_the_same_transaction_id_is_the_same_event_and_invites_nobody_again()
    {
        await using var run = await StartAsync();
        var first = await run.PostAsync($"users/{Desk}/events", Meeting("meeting-62"));
        var second = await run.PostAsync($"users/{Desk}/events", Meeting("meeting-62"));
        Assert.Equal((string)first["id"]!, (string)second["id"]!);
        Assert.Single(run.Host.Messages(Joe));
        await run.PostAsync($"users/{Desk}/events", Meeting("meeting-63"));
        Assert.Equal(2, run.Host.Messages(Joe).Count);
    }

    [Fact]
    public async Task Attendees_get_an_invitation_with_a_calendar_part_and_a_tentative_entry()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        var message = (await run.GetAsync($"users/{Joe}/messages"))["value"]!.AsArray().Single()!;
        Assert.Equal("#microsoft.graph.eventMessage", (string)message["@odata.type"]!);
        Assert.Equal("meetingRequest", (string)message["meetingMessageType"]!);
        Assert.Equal("2026-03-11T23:00:00.0000000", (string)message["startDateTime"]!["dateTime"]!);
        using var mime = await MimeMessage.LoadAsync(
            new MemoryStream(run.Host.Messages(Joe).Single().Mime!.Value.ToArray()), TestContext.Current.CancellationToken);
        var calendar = mime.BodyParts.OfType<TextPart>().Single(part => part.ContentType.IsMimeType("text", "calendar"));
        Assert.Equal("REQUEST", calendar.ContentType.Parameters["method"]);
        var lines = calendar.Text.ReplaceLineEndings("\n");
        Assert.All(lines.Split('\n'), line => Assert.True(line.Length <= 75));
        Assert.Contains($"UID:{made["iCalUId"]}\n", lines.Replace("\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("LOCATION:Room\\; 1\\, ground floor\n", lines, StringComparison.Ordinal);
        var entry = (await run.GetAsync($"users/{Joe}/events"))["value"]!.AsArray().Single()!;
        Assert.Equal((string)made["iCalUId"]!, (string)entry["iCalUId"]!);
        Assert.Equal("notResponded", (string)entry["responseStatus"]!["response"]!);
        Assert.Equal("Room; 1, ground floor", (string)entry["location"]!["displayName"]!);
        Assert.Equal(Desk, (string)entry["organizer"]!["emailAddress"]!["address"]!);
    }

    [Theory]
    [InlineData("accept", "accepted", "Accepted: Meeting #62", "meetingAccepted")]
    [InlineData("tentativelyAccept", "tentativelyAccepted", "Tentative: Meeting #62", "meetingTenativelyAccepted")]
    [InlineData("decline", "declined", "Declined: Meeting #62", "meetingDeclined")]
    public async Task An_answer_shows_in_the_organizers_event_and_comes_as_mail(
        string action, string response, string subject, string type)
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        var entry = (await run.GetAsync($"users/{Joe}/events"))["value"]![0]!;
        run.Clock.Advance(TimeSpan.FromHours(1));
        await run.PostAsync(
            $"users/{Joe}/events/{entry["id"]}/{action}", """{"Comment":"See you","SendResponse":true}""",
            HttpStatusCode.Accepted);
        var organized = await run.GetAsync($"users/{Desk}/events/{made["id"]}?$select=attendees");
        Assert.Equal([response, "none"], Responses(organized));
        Assert.Equal("2026-01-05T10:00:00Z", (string)organized["attendees"]![0]!["status"]!["time"]!);
        var mail = run.Host.Messages(Desk).Single();
        Assert.Equal(subject, mail.Subject);
        Assert.Equal(type, mail.Meeting);
        Assert.Contains("See you", mail.Text, StringComparison.Ordinal);
        Assert.Equal(action == "decline" ? 0 : 1, (await run.GetAsync($"users/{Joe}/events"))["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task An_answer_without_a_mail_tells_the_organizer_nothing()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        var entry = (await run.GetAsync($"users/{Joe}/events"))["value"]![0]!;
        await run.PostAsync($"users/{Joe}/events/{entry["id"]}/accept", """{"sendResponse":false}""", HttpStatusCode.Accepted);
        Assert.Equal(["none", "none"], Responses(await run.GetAsync($"users/{Desk}/events/{made["id"]}")));
        Assert.Empty(run.Host.Messages(Desk));
    }

    [Fact]
    public async Task An_organizer_cannot_answer_and_an_attendee_cannot_cancel()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/events/{made["id"]}/accept", "{}", HttpStatusCode.BadRequest, "ErrorInvalidRequest");
        var entry = (await run.GetAsync($"users/{Joe}/events"))["value"]![0]!;
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Joe}/events/{entry["id"]}/cancel", "{}", HttpStatusCode.BadRequest, "ErrorInvalidRequest");
    }

    [Fact]
    public async Task A_person_who_answers_the_mail_answers_the_event()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        run.Host.As(Dana).Answer(run.Host.Messages(Dana).Single().Id, MeetingAnswer.Accept);
        run.Host.As(Joe).Answer(run.Host.Messages(Joe).Single().Id, MeetingAnswer.Tentative);
        Assert.Equal(["tentativelyAccepted", "accepted"], Responses(await run.GetAsync($"users/{Desk}/events/{made["id"]}")));
        run.Host.As(Joe).Answer(run.Host.Messages(Joe).Single().Id, MeetingAnswer.Decline);
        Assert.Equal(["declined", "accepted"], Responses(await run.GetAsync($"users/{Desk}/events/{made["id"]}")));
    }

    [Fact]
    public async Task Another_time_is_told_to_the_attendees_and_forgets_their_answers()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        run.Host.As(Joe).Answer(run.Host.Messages(Joe).Single().Id, MeetingAnswer.Accept);
        var same = await run.PatchAsync(
            $"users/{Desk}/events/{made["id"]}", """{"body":{"contentType":"text","content":"More"}}""");
        Assert.Equal(["accepted", "none"], Responses(same));
        var moved = await run.PatchAsync(
            $"users/{Desk}/events/{made["id"]}",
            """
            {"start":{"dateTime":"2026-03-12T16:00:00","timeZone":"UTC"},"end":{"dateTime":"2026-03-12T17:00:00","timeZone":"UTC"}}
            """);
        Assert.Equal(["none", "none"], Responses(moved));
        var entry = (await run.GetAsync($"users/{Joe}/events"))["value"]!.AsArray().Single()!;
        Assert.Equal("2026-03-12T16:00:00.0000000", (string)entry["start"]!["dateTime"]!);
        Assert.Equal(3, run.Host.Messages(Joe).Count);
    }

    [Fact]
    public async Task Somebody_taken_off_the_list_gets_a_cancellation_and_the_others_stay()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        await run.PatchAsync(
            $"users/{Desk}/events/{made["id"]}",
            new JsonObject { ["attendees"] = new JsonArray(Attendee(Joe, "required")) }.ToJsonString());
        Assert.Equal(["meetingRequest", "meetingCancelled"], run.Host.Messages(Dana).Select(message => message.Meeting));
        Assert.Equal(["meetingRequest", "meetingRequest"], run.Host.Messages(Joe).Select(message => message.Meeting));
    }

    [Fact]
    public async Task A_cancelled_meeting_is_gone_and_everybody_is_told_why()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        await run.PostAsync($"users/{Desk}/events/{made["id"]}/cancel", """{"Comment":"No quorum"}""", HttpStatusCode.Accepted);
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/events/{made["id"]}", null, HttpStatusCode.NotFound, "ErrorItemNotFound");
        var told = run.Host.Messages(Joe)[^1];
        Assert.Equal("Canceled: Meeting #62", told.Subject);
        Assert.Equal("meetingCancelled", told.Meeting);
        Assert.Contains("No quorum", told.Text, StringComparison.Ordinal);
        Assert.True((bool)(await run.GetAsync($"users/{Joe}/events"))["value"]![0]!["isCancelled"]!);
    }

    [Fact]
    public async Task A_deleted_meeting_is_cancelled_too()
    {
        await using var run = await StartAsync();
        var made = await run.PostAsync($"users/{Desk}/events", Meeting());
        await run.DeleteAsync($"users/{Desk}/events/{made["id"]}");
        Assert.Equal("meetingCancelled", run.Host.Messages(Dana)[^1].Meeting);
        await run.DeleteAsync($"users/{Desk}/events/{made["id"]}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_calendar_view_gives_what_touches_the_time()
    {
        await using var run = await StartAsync();
        await run.PostAsync($"users/{Desk}/events", Meeting());
        var view = await run.GetAsync(
            $"users/{Desk}/calendarView?startDateTime=2026-03-11T00:00:00Z&endDateTime=2026-03-12T00:00:00Z");
        Assert.Single(view["value"]!.AsArray());
        var empty = await run.GetAsync(
            $"users/{Desk}/calendarView?startDateTime=2026-03-12T00:00:00Z&endDateTime=2026-03-13T00:00:00Z");
        Assert.Empty(empty["value"]!.AsArray());
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/calendarView", null, HttpStatusCode.BadRequest, "ErrorInvalidParameter");
    }

    [Theory]
    [InlineData("2026-03-11T16:00:00", "2026-03-11T15:00:00", "ErrorCalendarEndDateIsEarlierThanStartDate")]
    [InlineData("soon", "2026-03-11T15:00:00", "ErrorInvalidArgument")]
    public async Task A_time_that_cannot_be_is_refused(string start, string end, string code)
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/events", Meeting(null, start, end), HttpStatusCode.BadRequest, code);
        Assert.Empty(run.Host.Messages(Joe));
    }

    [Fact]
    public async Task An_unknown_zone_and_a_missing_start_are_refused()
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/events", Meeting(
                ).Replace("America/Los_Angeles", "Mars/Olympus",
                StringComparison.Ordinal), HttpStatusCode.BadRequest, "TimeZoneNotSupportedException");
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Desk}/events", """{"subject":"x"}""", HttpStatusCode.BadRequest, "ErrorPropertyRequired");
    }
}
