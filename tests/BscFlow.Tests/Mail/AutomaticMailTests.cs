using System.Text;
using BscFlow.Mail;

namespace BscFlow.Tests.Mail;

public class AutomaticMailTests
{
    [Theory]
    [InlineData("Auto-Submitted: auto-replied\n", AutomaticKind.AutomaticReply)]
    [InlineData("auto-submitted: auto-generated (vacation)\n", AutomaticKind.AutomaticReply)]
    [InlineData("X-Autoreply: yes\n", AutomaticKind.AutomaticReply)]
    [InlineData("Precedence: auto_reply\n", AutomaticKind.AutomaticReply)]
    [InlineData("X-Auto-Response-Suppress: All\nSubject: Automatic reply: Vote\n", AutomaticKind.AutomaticReply)]
    [InlineData(
        "X-Auto-Response-Suppress: All\nSubject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Vote?=\n",
        AutomaticKind.AutomaticReply)]
    [InlineData("Return-Path: <>\n", AutomaticKind.AutomaticReply)]
    [InlineData("Precedence: bulk\n", AutomaticKind.List)]
    [InlineData("Precedence: list\n", AutomaticKind.List)]
    [InlineData("List-Id: <steering.committee.example>\n", AutomaticKind.List)]
    [InlineData("List-Unsubscribe: <mailto:x@y.example>\n", AutomaticKind.List)]
    [InlineData("X-Failed-Recipients: tessa@quill.example\n", AutomaticKind.Bounce)]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", AutomaticKind.Bounce)]
    [InlineData("Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n", AutomaticKind.Report)]
    [InlineData("Content-Type: text/calendar; method=REPLY\n", AutomaticKind.Calendar)]
    [InlineData("Content-Class: urn:content-classes:calendarmessage\n", AutomaticKind.Calendar)]
    public void Automatic_mail_is_known_by_its_headers(string headers, AutomaticKind kind)
    {
        var automatic = Read("From: tessa@quill.example\n" + headers).Automatic;

        Assert.NotNull(automatic);
        Assert.Equal(kind, automatic.Kind);
        Assert.NotEmpty(automatic.Reason);
    }

    [Theory]
    [InlineData("From: MAILER-DAEMON@mx.example\n")]
    [InlineData("From: postmaster@mx.example\nReturn-Path: <>\n")]
    public void Mail_from_a_mail_system_is_a_bounce(string headers) =>
        Assert.Equal(AutomaticKind.Bounce, Read(headers).Automatic?.Kind);

    [Theory]
    [InlineData("Auto-Submitted: no\n")]
    [InlineData("X-Auto-Response-Suppress: All\nSubject: Re: Vote\n")]
    [InlineData("Subject: Automatic reply: what shall we do about them?\n")]
    [InlineData("Return-Path: <tessa@quill.example>\n")]
    [InlineData("Precedence: normal\n")]
    public void Mail_that_a_person_wrote_is_not_automatic(string headers) =>
        Assert.Null(Read("From: tessa@quill.example\n" + headers).Automatic);

    [Fact]
    public void An_incoming_mail_is_read_once_and_whole()
    {
        DateTimeOffset received = new(2025, 10, 8, 16, 0, 0, TimeSpan.Zero);
        var raw = Encoding.UTF8.GetBytes(
            "From: Tessa <tessa@quill.example>\nTo: \"S\" <secretary+x@committee.example>\nCc: oren@vale.example\n" +
            "Subject: Re: Vote\nMessage-ID: <one@quill.example>\nIn-Reply-To: <call@committee.example>\n\n+1\n");

        var mail = IncomingMail.Read(raw, received);

        Assert.NotNull(mail);
        Assert.Equal("one@quill.example", mail.MessageId);
        Assert.Equal("call@committee.example", mail.InReplyTo);
        Assert.Equal(["secretary+x@committee.example", "oren@vale.example"], mail.Recipients);
        Assert.Equal("Re: Vote", mail.Subject);
        Assert.Equal("+1", mail.Reply.Text);
        Assert.Equal(received, mail.Received);
        Assert.Null(mail.Automatic);
        Assert.IsType<SenderTrust.Doubtful>(mail.Sender);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(raw)), mail.Hash);
    }

    [Fact]
    public void A_mail_without_id_is_known_by_its_hash()
    {
        var mail = Read("From: tessa@quill.example\n");

        Assert.Equal("sha256:" + mail.Hash, mail.MessageId);
    }

    [Fact]
    public void Bytes_that_are_no_mail_are_none() =>
        Assert.Null(IncomingMail.Read(Encoding.UTF8.GetBytes("no header here\n"), DateTimeOffset.UnixEpoch));

    private static IncomingMail Read(string headers)
    {
        var mail = IncomingMail.Read(Encoding.UTF8.GetBytes(headers + "\n+1\n"), DateTimeOffset.UnixEpoch);
        Assert.NotNull(mail);
        return mail;
    }
}
