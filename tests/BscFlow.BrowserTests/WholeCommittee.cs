using Microsoft.Playwright;

namespace BscFlow.BrowserTests;

/// <summary>A page to look at.</summary>
/// <param name="Name">What it is called in the name of a picture.</param>
/// <param name="Path">From the root of the site.</param>
public sealed record PageToSee(string Name, string Path);

/// <summary>
/// The sample committee in the middle of everything, so that there is a page of every kind, none of them empty.
/// </summary>
public sealed class WholeCommittee : IAsyncLifetime
{
    /// <summary>After it the mails about one thing have left, and those about the next do not wait beside them.</summary>
    private const string Moment = "PT2M";

    private const string Amara = "amara@okafor.example";
    private const string Ines = "ines.carvalho@tidewater.example";
    private const string Mateusz = "mateusz@kowalczyk.example";
    private const string Priya = "priya@saltmarsh.example";
    private const string Tomas = "tomas.herrera@tidewater.example";

    private readonly DeskRun _run = new();

    public IReadOnlyList<PageToSee> Pages { get; private set; } = [];

    public Task EnterAsync(IPage page) => _run.EnterAsync(page);

    public string At(string path) => _run.At(path);

    public async ValueTask InitializeAsync()
    {
        await _run.InitializeAsync();
        await _run.AdvanceAsync("P1D");
        await VoteAsync();
        await MeetAsync();
        await LookAheadAsync();
        Pages =
        [
            .. Archive, .. Desk, .. await BehindLinksAsync(),
            new("committees", "/"), new("missing", "/tidewater/nothing.html"), new("desk-missing", "/desk/nobody"),
            new("write-closed", "/write/tidewater/0034/x"), new("my-closed", "/my/tidewater/priya/x/y"),
            new("mailboxes", "/mailboxes"),
        ];
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private static IEnumerable<PageToSee> Archive => new[]
    {
        "index", "2026", "2025", "meetings/0033", "meetings/0022", "meetings/0034",
        "meetings/0035", "meetings/2025-08-14", "actions", "actions/2026",
        "motions", "motions/yard", "motions/lamps", "motions/treasurer", "motions/grants",
        "motions/gauges", "motions/crane", "motions/pier", "motions/survey",
        "members", "figures",
    }.Select(name => new PageToSee(name.Replace('/', '-'), $"/tidewater/{name}.html")).Append(new(
        "search", "/tidewater/search.html?q=buoy"));

    private static IEnumerable<PageToSee> Desk => new[]
    {
        "", "/meetings", "/meetings/0035", "/meetings/0034/minutes", "/meetings/0035/minutes",
        "/findings", "/actions", "/actions/0033-1", "/motions",
        "/motions/pier", "/motions/pier/calls", "/nominations", "/nominations/prize", "/motions/survey", "/motions/yard",
        "/motions/treasurer", "/motions/crane", "/mail", "/mail?show=all", "/members",
        "/members/join", "/members/priya", "/charter", "/charter/history", "/audit",
    }.Select(name => new PageToSee(
        $"desk{name.Replace('/', '-').Replace("?show=", "-", StringComparison.Ordinal)}", $"/desk/tidewater{name}"));

    /// <summary>Votes that have ended: by yes and no, by ranks, in secret, by scores, and one that was withdrawn.</summary>
    private async Task VoteAsync()
    {
        const string deadline = "2026-11-08T15:00";
        await OpenAsync(new
        {
            id = "yard",
            title = "Lease the yard behind the pilot house",
            text = "The committee leases the yard for three years, at **240 euro** a month.\n\n- It holds the spare buoys.\n- The gate gets a lock.",
            deadline,
            mover = "amara",
            seconder = "tomas",
        });
        await OpenAsync(new
        {
            id = "lamps",
            title = "Which lamps first",
            text = "Rank the lamps by how soon they are renewed.",
            deadline,
            options = new
            {
                seats = 2,
                table = "Harbour mouth\nOuter bank\nRiver bend\nOld mole\n" + string.Join('\n', Enumerable
                .Range(1, 10)
                .Select(pier => $"Pier {pier}"))
            },
        });
        await OpenAsync(new
        {
            id = "gauges",
            title = "The place of the gauge",
            text = "Rank the places.",
            deadline,
            options = new { seats = 1, method = "Stv", table = "Bridge\nWeir\nLock\nSluice\nFerry\nQuay" },
        });
        await OpenAsync(
            new { id = "treasurer", title = "Confirm the treasurer", text = "Rui Marques stays treasurer.", deadline, secret = true });
        await OpenAsync(new
        {
            id = "grants",
            title = "Grants of the spring",
            text = "Score each proposal.",
            deadline,
            options = new { kind = "Score", budget = 9000, table = "name,cost,proposer\nTide tables in Braille,4000,Priya\nA second gauge,5200,Tomás\nBuoy school,2500,Inês" },
        });
        await OpenAsync(new { id = "crane", title = "Sell the crane", text = "The crane is sold.", deadline });
        await _run.PostAsync("motions/crane/withdraw", new { reason = "The buyer has gone to sea" });
        foreach (var (member, vote, comment) in new[] { ("amara", "for", null), ("ines", "for", "The lock comes first."), ("tomas", "against", "Too dear.") })
        {
            await _run.PostAsync(
                "motions/yard/ballots", new { voter = member, vote, source = "room", note = "at the desk", comment });
        }

        await _run.ReplyAsync(Priya, "/vote/", "Lease the yard", "abstain");
        await _run.ReplyAsync(Priya, "/vote/", "Confirm the treasurer", "+1");
        await _run.ReplyAsync(Amara, "/vote/", "Confirm the treasurer", "-1");
        await _run.ReplyAsync(Ines, "/vote/", "Confirm the treasurer", "+1");
        await _run.ReplyAsync(Priya, "/vote/", "Which lamps first", "C > A = B");
        await _run.ReplyAsync(Amara, "/vote/", "Which lamps first", "A > B > C > D");
        await _run.ReplyAsync(Ines, "/vote/", "Which lamps first", "C > D");
        await _run.ReplyAsync(Priya, "/vote/", "The place of the gauge", "A > B > C > D > E > F");
        await _run.ReplyAsync(Amara, "/vote/", "The place of the gauge", "F > E > D > C > B > A");
        await _run.ReplyAsync(Ines, "/vote/", "The place of the gauge", "C > B > D > A > F > E");
        await _run.ReplyAsync(Priya, "/vote/", "Grants of the spring", "A: 9\nB: 4\nC: 7");
        await _run.ReplyAsync(Amara, "/vote/", "Grants of the spring", "A: 6\nB: 8\nC: 7");
        await _run.AdvanceAsync("PT1H");
        await _run.AdvanceAsync("P4D");
    }

    private async Task OpenAsync(object motion)
    {
        await _run.PostAsync("motions", motion);
        await _run.AdvanceAsync(Moment);
    }

    /// <summary>Meeting #34 is over, its minutes are with the members, and a vote is asked for in them.</summary>
    private async Task MeetAsync()
    {
        await _run.AdvanceAsync("P6D");
        await _run.WriteMinutesAsync("34", draft => draft.Replace(
            "**Participants:**\n",
            "**Participants:**\n  - Amara Okafor\n  - Inês Carvalho\n  - Priya Raghunathan\n",
            StringComparison.Ordinal).TrimEnd()
            + "\n  - The buoys\n    - Decision: the buoys are painted yellow\n    - AI(Priya): ask for paint, due 2026-11-14\n"
            + "    - VOTE(charter): The committee has a deputy chair, elected each January.\n");
        await _run.AdvanceAsync("PT1H");
    }

    /// <summary>A special meeting, a date without one, open votes, an absence, and a mail that nobody understands.</summary>
    private async Task LookAheadAsync()
    {
        await _run.PostAsync("meetings", new { start = "2026-11-25T15:00", reason = "The storm of last week" });
        await _run.AdvanceAsync(Moment);
        await _run.PostAsync("meetings/cancel", new { start = "2026-12-10T15:00", reason = "Everybody is at sea" });
        await _run.AdvanceAsync(Moment);
        await _run.PostAsync("agenda", new { text = "Where the new buoys are moored", proposedBy = "Priya Raghunathan" });
        await OpenAsync(new
        {
            id = "pier",
            title = "Close the pier in winter",
            text = "The pier is closed from December to February.",
            rule = "charter",
            links = new[] { new { text = "Survey of the pier", address = "https://tidewater.example/pier" } },
        });
        await OpenAsync(new
        {
            id = "survey",
            title = "Which survey first",
            text = "Rank the surveys.",
            options = new { table = "name,link,cost,proposer\nHarbour floor,https://tidewater.example/floor,4000,Ada\nOuter bank,,2500,Cy\nRiver mouth,,3000,Eve" },
        });
        foreach (var (id, kind) in new[] { ("posters", "Approval"), ("prizes", "Score"), ("rooms", "YesNo") })
        {
            await OpenAsync(new
            {
                id,
                title = $"The {id} of the open day",
                text = "Say what you think of each.",
                secret = kind == "Approval",
                options = new { kind, table = "The red one\nThe blue one\nThe green one" },
            });
        }

        await _run.PostAsync("nominations", new
        {
            id = "prize",
            title = "The harbour prize",
            text = "Who gets it?",
            nominateUntil = "2026-11-30T12:00",
        });
        await _run.AdvanceAsync(Moment);
        await OpenAsync(new { id = "boats", title = "Boats dry out on the slip", text = "As last year.", consensus = true });
        await _run.PostAsync(
            "motions/pier/ballots", new { voter = "amara", vote = "for", source = "room", note = "on the pier" });
        await _run.ReplyAsync(Tomas, "/vote/", "Close the pier", "Yes, but only if the kiosk stays open.");
        await _run.ReplyAsync(Mateusz, "/my/", "Meeting #34", "I was not late. Please take that out.");
        await _run.AdvanceAsync("PT1H");
    }

    private async Task<IReadOnlyList<PageToSee>> BehindLinksAsync()
    {
        List<PageToSee> pages = [];
        foreach (var (name, words) in new[]
        {
            ("vote", "Close the pier"), ("vote-ranks", "Which survey first"), ("vote-approval", "The posters"),
            ("vote-scores", "The prizes"),
            ("vote-yes-no", "The rooms"), ("vote-consensus", "Boats dry out"), ("vote-closed", "Lease the yard"),
            ("nominate", "The harbour prize"),
        })
        {
            pages.Add(new(name, await _run.FindLinkAsync(Amara, "/vote/", words)));
        }

        pages.Add(new("my", await _run.FindLinkAsync(Priya, "/my/tidewater/priya/")));
        pages.Add(new("write", await _run.FindLinkAsync(Amara, "/write/")));
        pages.Add(new("proposal", await _run.FindLinkAsync(Amara, "/propose/")));
        return pages;
    }
}
