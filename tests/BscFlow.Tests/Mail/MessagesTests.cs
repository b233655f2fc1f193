using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using BscFlow.Mail;
using BscFlow.Mail.Messages;
using BscFlow.Meetings.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace BscFlow.Tests.Mail;

public sealed partial class MessagesTests
{
    private static readonly MailRenderer Renderer =
        new(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);

    [Theory]
    [MemberData(nameof(MessageSamples.Names), MemberType = typeof(MessageSamples))]
    public async Task Each_mail_reads_as_it_was_approved(string name)
    {
        var mail = await Renderer.RenderAsync(MessageSamples.All[name]);

        Golden.Check($"Mail/{name}.html", mail.Html);
        Golden.Check($"Mail/{name}.txt", $"Subject: {mail.Subject}\n\n{mail.Text}");
    }

    [Fact]
    public void Every_kind_of_message_has_a_sample()
    {
        var kinds = typeof(Message).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Message)) && !type.IsAbstract);

        Assert.Empty(kinds.Except(MessageSamples.All.Values.Select(message => message.GetType())));
    }

    [Theory]
    [MemberData(nameof(MessageSamples.Names), MemberType = typeof(MessageSamples))]
    public async Task No_mail_runs_loads_or_smuggles_anything(string name)
    {
        var mail = await Renderer.RenderAsync(MessageSamples.All[name]);

        var document = new HtmlParser().ParseDocument(mail.Html);
        Assert.Empty(document.QuerySelectorAll("script, img, link, iframe, object, form, input, style"));
        Assert.All(
            document.All.SelectMany(element => element.Attributes),
            attribute => Assert.False(attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase), attribute.Name));
        Assert.All(
            document.QuerySelectorAll("a[href]").Select(link => link.GetAttribute("href")),
            href => Assert.Matches("^(https?://|mailto:)", href));
        Assert.DoesNotMatch(ControlButNewLine(), mail.Text);
        Assert.DoesNotContain(mail.Subject, char.IsControl);
    }

    [Theory]
    [MemberData(nameof(MessageSamples.Names), MemberType = typeof(MessageSamples))]
    public async Task Each_mail_says_to_whom_it_speaks_and_why(string name)
    {
        var message = MessageSamples.All[name];

        var mail = await Renderer.RenderAsync(message);

        Assert.StartsWith("Hello ", mail.Text, StringComparison.Ordinal);
        Assert.Contains("\n-- \nYou ", mail.Text, StringComparison.Ordinal);
        var document = new HtmlParser().ParseDocument(mail.Html);
        Assert.Equal(message.Greeting, document.QuerySelector("p")!.TextContent);
        Assert.Equal(message.Why, document.QuerySelectorAll("p")[^1].TextContent);
        Assert.Equal("en", document.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public void A_line_break_in_a_name_makes_no_second_header()
    {
        Assert.Equal("Minutes Bcc: all@example.org", SubjectLine.Of("Minutes\r\n\r\nBcc:\u2028all@example.org\0"));
    }

    [Fact]
    public void Marks_that_turn_text_are_dropped_and_joiners_kept()
    {
        Assert.Equal("abc 👩\u200d💻", SubjectLine.Of("a\u202eb\u200bc 👩\u200d💻"));
    }

    [Fact]
    public void A_long_subject_is_cut_between_characters()
    {
        var subject = SubjectLine.Of(string.Concat(Enumerable.Repeat("👩\u200d💻", 100)));

        Assert.InRange(subject.Length, SubjectLine.Longest - 5, SubjectLine.Longest);
        Assert.EndsWith("💻…", subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Minutes_that_nest_without_end_are_mailed_too()
    {
        var circulation = (CirculationMail)MessageSamples.All["circulation"] with
        {
            Markdown = new string('>', 5000) + " deep\n\n" + new string('[', 5000) + " open\n\n" + new string('*', 5000) + "last",
        };

        var mail = await Renderer.RenderAsync(circulation);

        Assert.All(["deep", "open", "last"], word => Assert.Contains(word, mail.Html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(3, 0, 2, QuorumOutlook.Reached)]
    [InlineData(2, 1, 2, QuorumOutlook.Possible)]
    [InlineData(0, 3, 2, QuorumOutlook.Possible)]
    [InlineData(2, 0, 3, QuorumOutlook.OutOfReach)]
    public void Quorum_is_in_sight_as_long_as_those_who_did_not_decline_are_enough(
        int yes, int silent, int no, QuorumOutlook outlook)
    {
        var reminder = (ReminderMail)MessageSamples.All["reminder-reached"] with
        {
            QuorumNeeded = 3,
            Answers =
            [
                .. Enumerable.Repeat(new MemberAnswer("Y", Answer.Accepted), yes),
                .. Enumerable.Repeat(new MemberAnswer("S", Answer.None), silent),
                .. Enumerable.Repeat(new MemberAnswer("N", Answer.Declined), no),
            ],
        };

        Assert.Equal(outlook, reminder.Outlook);
    }

    [GeneratedRegex(@"[\p{Cc}-[\n]]")]
    private static partial Regex ControlButNewLine();
}
