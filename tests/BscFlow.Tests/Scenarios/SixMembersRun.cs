using BscFlow.GraphEmulator;

namespace BscFlow.Tests.Scenarios;

/// <summary>The sample committee of six members in a run as a person starts it, and what is done in their mailboxes.</summary>
public abstract class SixMembersRun : IAsyncLifetime
{
    protected const string Brendan = "brendan@intel.example";
    protected const string Daniel = "daniel@isovalent.example";
    protected const string Kp = "kpsingh@google.example";
    protected const string Joe = "joe@isovalent.example";
    protected const string Alexei = "alexei@meta.example";
    protected const string Alan = "alan@microsoft.example";

    private static readonly DateTimeOffset Begin = new(2025, 10, 20, 16, 0, 0, TimeSpan.Zero);

    private protected CommitteeRun Run { get; private set; } = null!;

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Run = await CommitteeRun.StartAsync(Begin, mailKept: null, Cancel, sample: "bsc");

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Run.DisposeAsync();
    }

    private protected Person As(string address) => Run.Graph.As(address);

    private protected MailboxMessage Last(string address) => Run.Graph.Messages(address)[^1];

    /// <summary>Answers the latest mail that can be answered with a vote.</summary>
    private protected void Answer(string address, string text, ReplyStyle style = ReplyStyle.TopPost) =>
        As(address).Reply(Run.Graph.Messages(address).Last(mail => mail.ReplyTo.Count > 0).Id, text, style);
}
