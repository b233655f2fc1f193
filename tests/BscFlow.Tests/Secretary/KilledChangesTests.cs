using BscFlow.Committee;
using BscFlow.GraphEmulator;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Secretary;
using BscFlow.Storage;
using BscFlow.Tests.Mail.Incoming;
using BscFlow.Tests.Votes;

namespace BscFlow.Tests.Secretary;

/// <summary>The process dies before each write of what a person does, who then does it again: it is on record once.</summary>
public sealed class KilledChangesTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Who = "sec@office.example";

    private static readonly DateOnly From = new(2025, 8, 3);

    private VoteRun _run = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _run = await VoteRun.StartAsync(azurite);

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Fact]
    public Task An_absence_is_taken_back() => KillAllTheWayAsync(
        "absence-withdrawn",
        prepare: async () =>
        {
            await _run.Of<AbsenceStore>().PutAsync(_run.Id, new Absence("tessa", From, From.AddDays(7)), Cancel);
            return async () =>
            {
                await _run.Of<WithdrawAbsence>().RunAsync(_run.Charter, "tessa", From, Who, Cancel);
                Assert.Empty(await _run.Of<AbsenceStore>().SinceAsync(_run.Id, From, Cancel));
            };
        });

    [Fact]
    public Task A_charter_is_changed() => KillAllTheWayAsync(
        "charter-changed",
        prepare: async () =>
        {
            var before = (await _run.Of<CharterStore>().FindVersionAsync(_run.Id, Cancel))!;
            var name = $"Committee {Guid.NewGuid():N}";
            var json = CharterWriter.Write(_run.Charter with { Name = name });
            return async () =>
            {
                await _run.Of<ChangeCharter>().RunAsync(_run.Id, json, before.ETag, Who, "name", Cancel);
                Assert.Equal(name, (await _run.Of<CharterStore>().FindAsync(_run.Id, Cancel))!.Name);
            };
        });

    [Fact]
    public Task A_mail_is_settled() => KillAllTheWayAsync(
        "mail-settled",
        prepare: async () =>
        {
            _run.Deliver($"From: {Inbox.Mia}\nTo: {{mailbox}}\nSubject: Hello\n", "Hello.\n", [OutsideMail.Pass("berg.example")]);
            await _run.ReadAsync();
            var mail = await _run.Of<MailStore>().ListOpenAsync(_run.Id, after: null, Cancel).SingleAsync(Cancel);
            return async () =>
            {
                await _run.Of<SettleMail>().RunAsync(_run.Charter, mail.Id, "answered", Who, Cancel);
                Assert.False((await _run.Of<MailStore>().FindAsync(_run.Id, mail.Id, Cancel))!.IsOpen);
            };
        });

    /// <param name="event">Name of what is on record once each time.</param>
    /// <param name="prepare">Gives what is to be done.</param>
    private async Task KillAllTheWayAsync(string @event, Func<Task<Func<Task>>> prepare)
    {
        for (var writes = 0; ; writes++)
        {
            var act = await prepare();
            _run.Switch.KillAfter(writes);
            await Record.ExceptionAsync(act);
            var killed = _run.Switch.Killed;
            await _run.RestartAsync();
            await act();

            Assert.Equal(writes + 1, (await _run.AuditAsync()).Count(happened => happened == @event));
            Assert.Null(await _run.Of<AuditLog>().FindBreakAsync(_run.Id, _ => { }, Cancel));
            if (!killed)
            {
                return;
            }
        }
    }
}
