using BscFlow.GraphEmulator;
using BscFlow.GraphEmulator.Faults;
using BscFlow.Mail;

namespace BscFlow.Tests.Mail;

public sealed class InboxTests : IAsyncLifetime
{
    private PostOffice _post = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _post = await PostOffice.StartAsync();

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task What_has_come_in_is_named_once_and_then_only_what_is_new()
    {
        Write("one");
        Write("two");
        var first = await ReadAsync(null);
        Assert.Equal(2, first.Items.Count);
        Assert.True(first.IsLast);
        Assert.All(first.Items, item => Assert.False(item.IsSparse));

        Assert.Empty((await ReadAsync(first.Link)).Items);
        Write("three");

        Assert.Single((await ReadAsync(first.Link)).Items);
    }

    [Fact]
    public async Task What_was_received_before_is_left_alone()
    {
        Write("old");

        Assert.Empty((await ReadAsync(null, since: DateTimeOffset.MaxValue.AddDays(-1))).Items);
    }

    [Fact]
    public async Task A_link_that_has_expired_is_said_so_and_a_new_beginning_finds_all()
    {
        Write("one");
        var page = await ReadAsync(null);
        _post.Host.ExpireDeltaLinks();

        Assert.Null(await _post.Mailbox.ReadInboxAsync(PostOffice.Committee, page.Link, default, Token));
        Assert.Single((await ReadAsync(null)).Items);
    }

    [Fact]
    public async Task A_sparse_item_is_looked_up()
    {
        Write("one");
        _post.Host.Faults.Arm(new() { Kind = FaultKind.DeltaSparse });

        var item = Assert.Single((await ReadAsync(null)).Items);
        Assert.True(item.IsSparse);
        var whole = await _post.Mailbox.FindItemAsync(PostOffice.Committee, item.Id, Token);

        Assert.Equal(item.Id, whole!.Id);
        Assert.Equal(InboxOf().InternetMessageId, whole.InternetMessageId);
        Assert.False(whole.IsSparse);
        Assert.Null(await _post.Mailbox.FindItemAsync(PostOffice.Committee, "gone", Token));
    }

    [Fact]
    public async Task A_message_is_read_byte_for_byte_also_after_it_was_filed()
    {
        Write("one");
        var item = Assert.Single((await ReadAsync(null)).Items);
        var raw = await _post.Mailbox.ReadRawAsync(PostOffice.Committee, item.Id, int.MaxValue, Token);
        Assert.Equal(InboxOf().Mime!.Value.ToArray(), raw);

        await _post.Mailbox.FileAsync(PostOffice.Committee, item.Id, Token);

        Assert.Equal(raw, await _post.Mailbox.ReadRawAsync(PostOffice.Committee, item.Id, int.MaxValue, Token));
        Assert.Null(await _post.Mailbox.ReadRawAsync(PostOffice.Committee, "gone", int.MaxValue, Token));
    }

    [Fact]
    public async Task Of_a_long_message_no_more_is_read_than_is_wanted_and_it_streams_whole()
    {
        Write("one");
        var item = Assert.Single((await ReadAsync(null)).Items);
        var whole = InboxOf().Mime!.Value.ToArray();
        using var streamed = new MemoryStream();

        var start = await _post.Mailbox.ReadRawAsync(PostOffice.Committee, item.Id, 10, Token);
        var isThere = await _post.Mailbox.StreamRawAsync(
            PostOffice.Committee, item.Id, (stream, token) => stream.CopyToAsync(streamed, token), Token);

        Assert.Equal(whole[..10], start);
        Assert.True(isThere);
        Assert.Equal(whole, streamed.ToArray());
        Assert.False(await _post.Mailbox.StreamRawAsync(PostOffice.Committee, "gone", (_, _) => Task.CompletedTask, Token));
    }

    [Fact]
    public async Task The_folder_of_what_is_done_is_made_once_and_again_when_somebody_deleted_it()
    {
        Write("one");
        Write("two");
        foreach (var item in (await ReadAsync(null)).Items)
        {
            await _post.Mailbox.FileAsync(PostOffice.Committee, item.Id, Token);
        }

        Assert.Empty(_post.Host.Messages(PostOffice.Committee));
        Assert.Equal(2, _post.Host.Messages(PostOffice.Committee, "Processed").Count);
        Assert.Single(
            _post.Host.Requests,
            call => call is { Method: "POST", Status: 201 } && call.Path.EndsWith("/mailFolders", StringComparison.Ordinal));
        await _post.Mailbox.FileAsync(PostOffice.Committee, "gone", Token);
    }

    [Fact]
    public async Task An_erased_message_is_gone_from_every_folder()
    {
        Write("one");
        var item = Assert.Single((await ReadAsync(null)).Items);

        await _post.Mailbox.EraseAsync(PostOffice.Committee, item.Id, Token);
        await _post.Mailbox.EraseAsync(PostOffice.Committee, item.Id, Token);

        Assert.Empty(_post.Host.Messages(PostOffice.Committee));
        Assert.Empty(_post.Host.Messages(PostOffice.Committee, "deleteditems"));
    }

    [Fact]
    public async Task A_message_that_was_deleted_in_the_inbox_is_not_named()
    {
        Write("one");
        var first = await ReadAsync(null);
        Write("two");
        await _post.Mailbox.EraseAsync(PostOffice.Committee, first.Items[0].Id, Token);

        var item = Assert.Single((await ReadAsync(first.Link)).Items);
        Assert.Equal(InboxOf().InternetMessageId, item.InternetMessageId);
    }

    private MailboxMessage InboxOf() => _post.Host.Messages(PostOffice.Committee).Single();

    private void Write(string subject) => _post.Host.As(PostOffice.Ada).Write([PostOffice.Committee], subject, "text");

    private async Task<InboxPage> ReadAsync(string? link, DateTimeOffset since = default) =>
        (await _post.Mailbox.ReadInboxAsync(PostOffice.Committee, link, since == default ? DateTimeOffset.UnixEpoch : since, Token))!;
}
