using System.Net;
using static BscFlow.Tests.GraphEmulator.EmulatorRun;

namespace BscFlow.Tests.GraphEmulator;

public sealed class AccessTests
{
    [Fact]
    public async Task A_call_without_a_token_is_401()
    {
        await using var run = await StartAsync();
        run.Http.DefaultRequestHeaders.Authorization = null;
        await run.RefusedAsync(
            HttpMethod.Get, $"users/{Desk}/messages", null, HttpStatusCode.Unauthorized, "InvalidAuthenticationToken");
    }

    [Fact]
    public async Task A_mailbox_outside_the_apps_scope_is_403()
    {
        await using var run = await StartAsync(options => options with { AppAccess = [Desk] });
        await run.GetAsync($"users/{Desk}/messages");
        await run.RefusedAsync(HttpMethod.Get, $"users/{Joe}/messages", null, HttpStatusCode.Forbidden, "ErrorAccessDenied");
        await run.RefusedAsync(
            HttpMethod.Post, $"users/{Joe}/sendMail", """{"message":{"subject":"x"}}""", HttpStatusCode.Forbidden,
            "ErrorAccessDenied");
    }

    [Fact]
    public async Task A_mailbox_that_is_not_there_is_404()
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(
            HttpMethod.Get, "users/nobody@example.org/messages", null, HttpStatusCode.NotFound, "ErrorInvalidUser");
    }

    [Fact]
    public async Task A_path_outside_the_slice_is_400()
    {
        await using var run = await StartAsync();
        await run.RefusedAsync(HttpMethod.Get, $"users/{Desk}/contacts", null, HttpStatusCode.BadRequest, "BadRequest");
    }

    [Theory]
    [InlineData("users('bsc%40committee.example')/mailFolders('inbox')/messages")]
    [InlineData("users/bsc%40committee.example/mailFolders/inbox/messages")]
    [InlineData("Users('bsc@committee.example')/MailFolders/Inbox/messages/delta()")]
    [InlineData("users/bsc@committee.example/mailFolders/inbox/messages/microsoft.graph.delta()")]
    public async Task Every_spelling_of_a_path_is_taken(string path)
    {
        await using var run = await StartAsync();
        Assert.Empty((await run.GetAsync(path))["value"]!.AsArray());
    }

    [Fact]
    public async Task An_id_of_the_client_comes_back()
    {
        await using var run = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"users/{Desk}/messages");
        request.Headers.Add("client-request-id", "f9b1b1a8-0000-0000-0000-000000000001");
        using var response = await run.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("f9b1b1a8-0000-0000-0000-000000000001", response.Headers.GetValues("client-request-id").Single());
    }
}
