using System.Globalization;
using BscFlow.Actions;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Votes;
using BscFlow.Workflow;

namespace BscFlow.Secretary;

/// <summary>Says what on a committee's desk needs a person now. Pure: the same state has the same needs.</summary>
public static class Needs
{
    /// <summary>More items of one kind are told together.</summary>
    private const int MostOfAKind = 5;

    private const int MostNames = 12;

    /// <summary>The rule's name in the charter under which members are admitted.</summary>
    private const string Admission = "admission";

    /// <summary>An admission that nobody followed for so long was followed otherwise.</summary>
    private const int DaysToJoin = 120;

    private static readonly TimeSpan LastDay = TimeSpan.FromDays(1);

    /// <summary>The most urgent first.</summary>
    public static IReadOnlyList<Need> Of(DeskState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. OfFailures(state)
                .Concat(OfMinutes(state))
                .Concat(OfNextMeeting(state))
                .Concat(OfMails(state))
                .Concat(OfMotions(state))
                .Concat(OfActions(state))
                .Concat(OfFindings(state))
                .OrderBy(need => need.Urgency),
        ];
    }

    /// <summary>One for all steps of a kind: what keeps one from being done often keeps the others too.</summary>
    private static IEnumerable<Need> OfFailures(DeskState state)
    {
        foreach (var kind in state.Failed.GroupBy(failed => failed.Step.Kind))
        {
            var last = kind.MaxBy(failed => failed.LastTried)!;
            var title = Capital(FailedStep.Missing(kind.Key)) + (kind.Count() > 1 ? $", {kind.Count()} times" : "");
            var detail = $"{kind.Key} of “{last.Step.Subject}” fails since {When(state.Charter, kind.Min(failed => failed.GivenUp))}: "
                + last.Error.Split('\n', 2)[0].TrimEnd('.');
            yield return kind.All(failed => failed.IsUnderway)
                ? new Need(Urgency.Soon, title, $"{detail}. It is being tried again.", Button: null)
                : new Need(
                    Urgency.Now, title, $"{detail}. It is tried again by itself.", new("Try it now", $"/failures/{kind.Key}", Sends: true));
        }
    }

    private static IEnumerable<Need> OfNextMeeting(DeskState state)
    {
        var charter = state.Charter;
        if (state.NextMeeting is not { } meeting)
        {
            var next = NextMeeting.After(charter, state.Meetings, state.Now);
            yield return next is null
                ? new Need(Urgency.Now, "No meeting is planned", "The charter's recurrence has no date any more.", new("See the charter", "/charter"))
                : new Need(
                    Urgency.Quiet,
                    $"Next meeting: {When(charter, next.Start)}",
                    $"It will be drafted on {Day(charter.DayOf(next.Start - charter.LeadTimes.Draft))}.",
                    new("See the meetings", "/meetings"));
            yield break;
        }

        if (meeting is { Chair: null, DraftedAt: not null })
        {
            yield return new Need(
                Urgency.Now, $"Nobody is in the chair of {meeting.Title()}", When(charter, meeting.Start), new("Set the chair", $"/meetings/{meeting.Row}#chair"));
        }

        if (meeting is { Special: false } && meeting.Start > state.Now && MeetingCalendar.Of(charter).At(meeting.Start) is null or { Cancelled: true })
        {
            yield return new Need(
                Urgency.Now,
                $"{Capital(meeting.Title())} is at a time that the charter no longer has",
                $"Everyone was told of {When(charter, meeting.Start)}, and it is held then unless it is cancelled; only after that another one is drafted for its day.",
                new("Cancel it", $"/meetings/{meeting.Row}#cancel"));
        }

        yield return Coming(state, meeting);
    }

    /// <summary>Who comes, and whether they can be enough.</summary>
    private static Need Coming(DeskState state, Meeting meeting)
    {
        var charter = state.Charter;
        var day = charter.DayOf(meeting);
        var members = new Roster(charter).On(day);
        var needed = charter.Quorum.Needed(members.Count);
        var title = $"{Capital(meeting.Title())}: {When(charter, meeting.Start)}";
        var button = new NeedButton("Open the meeting", $"/meetings/{meeting.Row}");
        if (meeting.EventId is null)
        {
            return new Need(Urgency.Quiet, title, $"Nobody has been invited yet; quorum is {needed} of {members.Count}.", button);
        }

        if (state.Answers is not { } answers)
        {
            return new Need(Urgency.Soon, title, $"The answers cannot be read now; quorum is {needed} of {members.Count}.", button);
        }

        var away = state.Absences.On(day);
        Answer Of(Member member) => answers
            .FirstOrDefault(answer => member.Addresses.Contains(answer.Address, StringComparer.OrdinalIgnoreCase))?.Answer ?? Answer.None;
        var coming = members.Where(member => Of(member) is Answer.Accepted).ToList();
        var notComing = members.Where(member => Of(member) is Answer.Declined || (away.Contains(member.Id) && Of(member) is Answer.None)).ToList();
        var silent = members.Except(coming).Except(notComing).ToList();
        var detail = $"{coming.Count} of {members.Count} coming, quorum is {needed}."
            + (notComing.Count > 0 ? $" Not coming: {Names(notComing)}." : "")
            + (silent.Count > 0 ? $" No answer: {Names(silent)}." : "");
        var urgency = members.Count - notComing.Count < needed ? Urgency.Now
            : coming.Count < needed && meeting.Start - state.Now < charter.LeadTimes.Reminder * 2 ? Urgency.Soon
            : Urgency.Quiet;
        return new Need(urgency, urgency is Urgency.Now ? $"{title}: no quorum is possible" : title, detail, button);
    }

    private static IEnumerable<Need> OfMinutes(DeskState state)
    {
        var held = state.Meetings
            .Where(meeting => meeting is { State: MeetingState.Ahead, MinutesSavedAt: null } && meeting.End <= state.Now)
            .OrderBy(meeting => meeting.Start);
        foreach (var meeting in held)
        {
            var days = state.Today.DayNumber - state.Charter.DayOf(meeting).DayNumber;
            var chair = meeting.Chair is { } id ? $"{state.Charter.NameOf(id)} was in the chair" : "Nobody was set as chair";
            yield return new Need(
                state.Now - meeting.End > state.Charter.LeadTimes.Minutes ? Urgency.Now : Urgency.Soon,
                $"Minutes of {meeting.Title()}: {(meeting.MinutesBegunAt is null ? "not written" : "begun, not finished")} "
                    + (days > 0 ? $"for {Count(days, "day")}" : "yet"),
                meeting.MinutesAskedAt is { } asked ? $"{chair}, and was asked for them on {Day(state.Charter.DayOf(asked))}." : $"{chair}.",
                new("Write the minutes", $"/meetings/{meeting.Row}/minutes"));
        }
    }

    private static IEnumerable<Need> OfMails(DeskState state)
    {
        foreach (var voters in state.Mails.Where(IsToVoter).GroupBy(mail => MailKey.Read(mail.About)!.Subject))
        {
            var title = state.Motions.FirstOrDefault(motion => motion.Id == voters.Key)?.Title ?? voters.Key;
            yield return new Need(
                Urgency.Soon,
                $"{Count(voters.Select(mail => MailKey.Read(mail.About)!.Reader).Distinct().Count(), "voter")} cannot be reached: {title}",
                $"The last: {voters.MaxBy(mail => mail.Received)!.Reason.TrimEnd('.')}. Each waits among the mails until you are done with it.",
                new("Correct the addresses", $"/motions/{voters.Key}/calls"));
        }

        var mails = state.Mails.Where(mail => !IsToVoter(mail)).ToList();
        foreach (var mail in mails.Take(mails.Count > MostOfAKind ? MostOfAKind - 1 : MostOfAKind))
        {
            var from = mail.From.Length > 0 ? mail.From : "somebody who is not named";
            var detail = $"“{mail.Subject}”, received {When(state.Charter, mail.Received)}. {Capital(mail.Reason)}.";
            var member = state.Charter.Members.FirstOrDefault(member => member.Id == mail.Member);
            var read = new NeedButton("Read it", $"/mail#m-{mail.Id}");
            yield return mail.Kind switch
            {
                MailKind.Objection => new Need(Urgency.Now, $"Objection to minutes from {from}", detail, read),
                MailKind.Bounce when member is not null => new Need(
                    Urgency.Soon, $"A mail to {member.Name} came back", detail, new("Correct the address", $"/members/{member.Id}")),
                MailKind.Bounce => new Need(Urgency.Soon, "A mail came back", detail, read),
                MailKind.Unclear => new Need(Urgency.Soon, $"Unclear mail from {from}", detail, read),
                _ => new Need(Urgency.Soon, $"Mail from {from}", detail, read),
            };
        }

        if (mails.Count > MostOfAKind)
        {
            yield return new Need(
                Urgency.Soon, $"{mails.Count - MostOfAKind + 1} more mails wait", "The newest stand above.", new("Read them", "/mail"));
        }
    }

    /// <summary>A mail about a motion that came back from a voter who is no member: of all of them one thing is to do.</summary>
    private static bool IsToVoter(CollectedMail mail) =>
        mail is { Kind: MailKind.Bounce, Member: null, About: { } key } && MotionMail.IsToVoters(key) && MailKey.Read(key) is not null;

    private static IEnumerable<Need> OfMotions(DeskState state)
    {
        foreach (var (meeting, proposed) in state.Proposed)
        {
            yield return new Need(
                Urgency.Soon,
                $"A vote that nobody opened: {proposed.Title}",
                proposed.Reason is ProposalReason.NoQuorum
                    ? $"The minutes of {meeting.Title()} record it as decided, and the meeting had no quorum."
                    : $"The minutes of {meeting.Title()} announce it.",
                new("See the proposal", $"/proposals/{meeting.Row}/{proposed.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.IsOpen).OrderBy(motion => motion.Deadline))
        {
            var voters = state.Voters.GetValueOrDefault(motion.Id);
            var missing = motion.Electorate.Asked.Where(elector => voters?.Contains(elector.Id) is not true).ToList();
            yield return new Need(
                missing.Count == 0 || state.Now < motion.Opened + (motion.Deadline - motion.Opened) / 2 ? Urgency.Quiet
                    : motion.Deadline - state.Now < LastDay ? Urgency.Now
                    : Urgency.Soon,
                $"Open motion: {motion.Title}",
                (missing.Count switch
                {
                    0 => "All have voted.",
                    <= MostNames => $"{missing.Count} of {motion.Electorate.Size} have not voted: {string.Join(", ", missing.Select(elector => elector.Name))}.",
                    _ => $"{missing.Count} of {motion.Electorate.Size} have not voted.",
                }) + $" Open until {When(state.Charter, motion.Deadline)}.",
                new("Open the motion", $"/motions/{motion.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.State is MotionState.AwaitingRatification))
        {
            yield return new Need(
                Urgency.Soon,
                $"Carried, not ratified yet: {motion.Title}",
                $"It waits for the {motion.Rule.RatifiedBy}.",
                new("Record the ratification", $"/motions/{motion.Id}"));
        }

        foreach (var motion in state.Motions.Where(motion => motion.State is MotionState.Carried or MotionState.Ratified))
        {
            if (OfRoster(state, motion) is { } need)
            {
                yield return need;
            }
        }
    }

    /// <summary>A motion about who belongs to the committee, which the charter does not follow yet.</summary>
    private static Need? OfRoster(DeskState state, Motion motion)
    {
        var closed = state.Charter.DayOf(motion.Closed ?? motion.Opened);
        if (motion.Electorate.Subject is { } subject)
        {
            var leaving = state.Charter.Members.FirstOrDefault(member => member.Id == subject);
            return leaving is not null && leaving.Terms.Any(term => term.Includes(closed) && term.Until is null)
                ? new Need(
                    Urgency.Soon,
                    $"Carried: {motion.Title}",
                    $"{leaving.Name} is still in office in the charter.",
                    new("End the term", $"/members/{subject}"))
                : null;
        }

        return motion.Rule.Name == Admission
            && state.Today.DayNumber - closed.DayNumber < DaysToJoin
            && state.Charter.Members.All(member => member.Terms.All(term => term.From < closed))
            ? new Need(
                Urgency.Soon, $"Carried: {motion.Title}", "Nobody has joined in the charter since.", new("Add the member", "/members/join"))
            : null;
    }

    private static IEnumerable<Need> OfActions(DeskState state)
    {
        var overdue = state.OpenActions.Where(item => item.IsOverdue(state.Today)).OrderBy(item => item.Due).ToList();
        foreach (var item in overdue.Take(overdue.Count > MostOfAKind ? MostOfAKind - 1 : MostOfAKind))
        {
            yield return new Need(
                Urgency.Soon,
                $"Overdue: {item.Text}",
                $"{Owners(state.Charter, item)}; was due on {Day(item.Due!.Value)}.",
                new("Deal with it", $"/actions/{item.Id}"));
        }

        if (overdue.Count > MostOfAKind)
        {
            yield return new Need(
                Urgency.Soon, $"{overdue.Count - MostOfAKind + 1} more action items are overdue", "The oldest stand above.", new("See them all", "/actions"));
        }

        var nobodys = state.OpenActions.Where(item => item.Owners.Count == 0).ToList();
        if (nobodys.Count > 0)
        {
            yield return new Need(
                Urgency.Soon,
                nobodys.Count == 1 ? $"Nobody’s: {nobodys[0].Text}" : $"{nobodys.Count} action items are nobody’s",
                "Nobody is reminded of what has no owner.",
                nobodys.Count == 1 ? new("Give it to somebody", $"/actions/{nobodys[0].Id}") : new("See them", "/actions"));
        }
    }

    private static IEnumerable<Need> OfFindings(DeskState state) => state.Findings.Count == 0
        ? []
        :
        [
            new Need(
                Urgency.Quiet,
                $"{Count(state.Findings.Count, "place")} in the published minutes to look at",
                $"In {Count(state.Findings.Select(finding => (finding.File, finding.Meeting)).Distinct().Count(), "meeting")}: {Kinds(state)}.",
                new("Look at them", "/findings")),
        ];

    private static string Kinds(DeskState state) => string.Join(
        ", ",
        state.Findings.GroupBy(finding => finding.Kind).OrderByDescending(group => group.Count()).Take(3).Select(group => FindingWords.Of(group.Key)));

    private static string Owners(Charter charter, ActionItem item) =>
        item.Owners.Count == 0 ? "Nobody named" : string.Join(", ", item.Owners.Select(charter.NameOf));

    private static string When(Charter charter, DateTimeOffset moment) =>
        TimeZoneInfo.ConvertTime(moment, charter.Zone()).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
        + $" ({charter.TimeZone})";

    private static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Names(IEnumerable<Member> members) => string.Join(", ", members.Select(member => member.Name));

    private static string Capital(string text) => text.Length == 0 ? text : string.Concat(char.ToUpperInvariant(text[0]).ToString(), text.AsSpan(1));
}
