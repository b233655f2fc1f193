using System.Runtime.CompilerServices;
using System.Text;
using BscFlow.Mail;
using FsCheck.Xunit;

namespace BscFlow.Tests.Mail;

public class ReplyTextTests
{
    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Folder(), "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_reply_is_read_as_its_writer_meant_it(string sample)
    {
        var mail = File.ReadAllText(Path.Combine(Folder(), sample + ".txt"));
        var expected = File.ReadAllText(Path.Combine(Folder(), sample + ".reply"));

        Assert.Equal(expected, ReplyText.Extract(mail));
    }

    [Fact]
    public void Real_replies_of_a_forum_are_read_as_the_forum_reads_them()
    {
        var folder = SharedData.Require("replies/discourse");
        List<string> otherText = [];
        List<string> otherFirstLine = [];
        var files = Directory.GetFiles(Path.Combine(folder, "emails"));
        foreach (var file in files)
        {
            var expected = Lines(File.ReadAllText(Path.Combine(folder, "trimmed", Path.GetFileName(file))));
            var actual = Lines(ReplyText.Extract(File.ReadAllText(file)));
            if (!expected.SequenceEqual(actual))
            {
                otherText.Add(Path.GetFileName(file));
            }

            if (expected.FirstOrDefault() != actual.FirstOrDefault())
            {
                otherFirstLine.Add(Path.GetFileName(file));
            }
        }

        Assert.Equal(64, files.Length);
        Assert.Equal(["embedded_email_1.txt"], otherText);
        Assert.Empty(otherFirstLine);

        // Compared line by line; blanks at the end of a line and blank lines at both ends are no difference.
        static string[] Lines(string text) =>
            [.. text.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())
                .SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse()];
    }

    [Fact]
    public void A_reply_below_the_quote_is_read()
    {
        var reply = ReplyText.Read("On 08/10/2025 16:00, Tessa Quill wrote:\n> Shall we?\n> -1 means no.\n\n+1\n");

        Assert.Equal("+1", reply.Text);
        Assert.Equal("+1", reply.Written.Split('\n')[0]);
    }

    [Fact]
    public void A_quote_that_is_answered_stays_in_the_text_but_is_not_the_writers_own()
    {
        var reply = ReplyText.Read("> Shall we vote +1?\n\n-1\n");

        Assert.Equal("> Shall we vote +1?", reply.Text.Split('\n')[0]);
        Assert.Equal("-1", reply.Written.Split('\n')[0]);
        Assert.Equal("-1", reply.Written);
    }

    [Fact]
    public void A_forwarded_vote_is_not_the_forwarders_own()
    {
        var reply = ReplyText.Read(
            "---------- Forwarded message ---------\nFrom: Oren <oren@vale.example>\nDate: Wed, Oct 8, 2025 at 4:00 PM\n" +
            "Subject: Vote\nTo: Tessa <tessa@quill.example>\n\n+1\n");

        Assert.Equal("+1", reply.Text);
        Assert.Equal("", reply.Written);
    }

    [Theory]
    [InlineData("---------- Forwarded message ---------\n", "On Wed, Oct 8, 2025 at 3:00 PM TSC <tsc@committee.example> wrote:\n")]
    [InlineData("---------- Forwarded message ---------\n", "")]
    [InlineData("-------- Weitergeleitete Nachricht --------\n", "")]
    [InlineData("", "On Wed, Oct 8, 2025 at 3:00 PM TSC <tsc@committee.example> wrote:\n")]
    public void A_forwarded_vote_that_stands_below_what_it_answers_is_not_the_forwarders_own(string title, string attribution)
    {
        var reply = ReplyText.Read(
            title + "From: Oren <oren@vale.example>\nDate: Wed, Oct 8, 2025 at 4:00 PM\nSubject: Re: Vote\n" +
            $"To: Tessa <tessa@quill.example>\n\n{attribution}> Shall we adopt it?\n\n+1\n");

        Assert.Equal("", reply.Written);
    }

    [Fact]
    public void A_vote_below_a_header_block_and_its_marked_mail_is_the_senders_own()
    {
        var reply = ReplyText.Read(
            "-----Original Message-----\nFrom: TSC <tsc@committee.example>\nSent: Wednesday, October 8, 2025 4:00 PM\nTo: Tessa\n" +
            "Subject: Vote\n\n> Shall we adopt it?\n\n+1\n");

        Assert.Equal("+1", reply.Written);
    }

    [Theory]
    [InlineData("[EXTERNAL EMAIL]\n+1\n")]
    [InlineData("CAUTION: This email originated from outside of the organization.\n+1\n")]
    [InlineData("CAUTION: This email originated from outside of the organization. Do not click\nlinks or open attachments unless you "
        + "recognize the sender and know the content is\nsafe.\n+1\n")]
    [InlineData("You don't often get email from oren@vale.example. Learn why this is important\n+1\n")]
    [InlineData("ACHTUNG: Diese E-Mail stammt von außerhalb der Organisation. Öffnen Sie keine\nAnhänge, wenn Sie den Absender nicht "
        + "kennen.\n+1\n")]
    public void A_vote_right_below_a_gateways_warning_is_read(string mail)
    {
        Assert.Equal("+1", ReplyText.Read(mail).Written);
    }

    [Theory]
    [InlineData("> Did you ask the board?\ndone :)\n> And the list?\n", "done :)")]
    [InlineData("> This is a quoted line that is as long as lines of mails are.\nwe have agreed to that\n> And the list?\n", "we have agreed to that")]
    [InlineData("> a quoted line that a client has wrapped and that goes (as all\ndo)\n> and on\n", "")]
    public void An_answer_between_two_quoted_lines_is_no_wrapped_quote(string mail, string written)
    {
        Assert.Equal(written, ReplyText.Read(mail).Written);
    }

    [Fact]
    public void What_is_signed_inline_is_read_without_its_dash_escapes()
    {
        var reply = ReplyText.Read(
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- -1\n\n- - it costs too much\n-----BEGIN PGP SIGNATURE-----\n\niQ\n");

        Assert.Equal("-1\n\n- it costs too much", reply.Written);
    }

    [Fact]
    public void An_unmarked_vote_under_a_header_block_is_not_the_senders_own()
    {
        var reply = ReplyText.Read(
            "From: Oren <oren@vale.example>\nSent: Wednesday, October 8, 2025 4:00 PM\nTo: Tessa\nSubject: Vote\n\n+1\n");

        Assert.Equal("", reply.Written);
    }

    [Fact]
    public void What_stands_under_the_whole_quote_is_not_lost()
    {
        var reply = ReplyText.Read("+1\n\nOn 08/10/2025 16:00, Tessa Quill wrote:\n> Shall we?\n\n-1\n");

        Assert.Equal("+1\n\n-1", reply.Written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n \u200b\n")]
    [InlineData("-- \nOren")]
    [InlineData("> On 8 Oct 2025, at 16:00, Tessa <t@quill.example> wrote:\n> +1")]
    public void Nothing_written_is_nothing(string mail)
    {
        Assert.Equal(new Reply("", ""), ReplyText.Read(mail));
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "one long line", new string('a', 1_000_000) + ":" },
        { "one line of marks", new string('>', 1_000_000) },
        { "100,000 quote levels", new string('>', 100_000) + " x\n+1" },
        { "quotes ever deeper", Repeated(i => new string('>', i) + " x\n", 1_400) },
        { "attributions that never end", Repeated(_ => "On Wed, Oct 8, 2025 at 4:00 PM Tessa <\n", 30_000) },
        { "ends of attributions", Repeated(_ => "wrote:\n", 150_000) },
        { "colons", Repeated(_ => ":\n", 300_000) },
        { "header blocks that never are", Repeated(_ => "From: a@b.example\n\n", 60_000) },
        { "fences", Repeated(_ => "```\n", 250_000) },
        { "rules", Repeated(_ => "x\n\n____\n", 100_000) },
        { "blank lines", Repeated(_ => "\n\n\n\n\nwrote:", 100_000) },
        { "phones", Repeated(_ => "x\n\nSent from my phone\n\n", 50_000) + "> x" },
        { "inline answers", Repeated(_ => "> a\nb\n", 150_000) },
        { "wrote", Repeated(_ => "On 2025 wrote ", 70_000) + ":" },
        { "carriage returns", new string('\r', 1_000_000) },
    };

    /// <summary>Each would take minutes to hours if any step were quadratic.</summary>
    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_mail_takes_no_longer_than_its_length(string what, string mail)
    {
        var reply = ReplyText.Read(mail);

        Assert.True(reply.Text.Length <= mail.Length, what);
    }

    [Property(MaxTest = 2000)]
    public void Every_line_of_a_reply_stands_in_the_mail(string?[] lines)
    {
        string[] pieces =
        [
            "On Wed, Oct 8, 2025, Tessa <t@quill.example> wrote:", "> +1", "+1", "-- ", "____", "", "From: a@b.example", "To: c",
            "Sent from my phone", "-----Original Message-----",
        ];
        var mail = string.Join(
            '\n', lines.Select(line => pieces[(line?.Length ?? 0) % pieces.Length] + (line?.Length > 20 ? line : "")));

        var reply = ReplyText.Read(mail);

        Assert.All(reply.Text.Split('\n'), line => Assert.Contains(line, mail, StringComparison.Ordinal));
        Assert.All(reply.Written.Split('\n'), line => Assert.False(line.StartsWith('>')));
    }

    private static string Repeated(Func<int, string> piece, int times)
    {
        StringBuilder text = new();
        for (var i = 0; i < times; i++)
        {
            text.Append(piece(i));
        }

        return text.ToString();
    }

    private static string Folder([CallerFilePath] string file = "") =>
        Path.Combine(Path.GetDirectoryName(file)!, "Samples", "Replies");
}
