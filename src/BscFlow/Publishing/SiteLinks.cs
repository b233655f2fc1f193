using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Meetings;
using BscFlow.Storage;
using BscFlow.Votes.Tokens;
using Microsoft.Extensions.Options;

namespace BscFlow.Publishing;

/// <summary>Addresses of pages, as mails carry them.</summary>
public sealed class SiteLinks(IOptions<BscFlowOptions> options, LinkSignature signature)
{
    private const string Writing = "write-minutes";
    private const string Mine = "my-page";
    private const string Proposing = "open-motion";

    /// <summary>How long a member's link opens their page; each mail brings a new one.</summary>
    private static readonly TimeSpan MineLasts = TimeSpan.FromDays(60);

    private readonly Uri _site = options.Value.SiteAddress!;

    public Uri Meeting(Charter charter, Meeting meeting) => At(charter, SitePath.Meeting(meeting.Number, charter.DayOf(meeting)));

    /// <summary>The committee's first page, with its next meeting.</summary>
    public Uri Front(Charter charter) => At(charter, "");

    public Uri Actions(Charter charter) => At(charter, SitePath.Actions);

    public Uri Desk(Charter charter) => new(_site, $"/desk/{charter.Id}");

    /// <summary>What came in for a committee, at the desk.</summary>
    public Uri DeskMail(Charter charter) => new(_site, $"/desk/{charter.Id}/mail");

    /// <summary>The editor of a meeting's minutes, at the desk.</summary>
    public Uri DeskMinutes(Charter charter, Meeting meeting) => new(_site, $"/desk/{charter.Id}/meetings/{meeting.Row}/minutes");

    /// <summary>Where Graph tells of new mail.</summary>
    public Uri GraphNotifications => new(_site, "/notifications/graph");

    /// <summary>Where Graph tells what becomes of a subscription.</summary>
    public Uri GraphLifecycle => new(_site, "/notifications/graph/lifecycle");

    /// <summary>The public page of a motion.</summary>
    public Uri Motion(Charter charter, string motion) => At(charter, SitePath.Motion(motion));

    /// <summary>The file from which a result can be counted again.</summary>
    public Uri Tally(Charter charter, string motion) => At(charter, SitePath.Tally(motion));

    /// <summary>The page on which the holder of a token votes.</summary>
    public Uri Ballot(Charter charter, PageToken token) => new(_site, $"/vote/{charter.Id}/{token.Reveal()}");

    /// <summary>The page whose button opens a motion that the minutes of a meeting ask for.</summary>
    public Uri ProposedMotion(Charter charter, Meeting meeting, string motion) => new(
        _site,
        $"/propose/{charter.Id}/{meeting.Row}/{motion}/{signature.Of(Proposing, charter.Id, meeting.Row, motion)}");

    /// <summary>Whether a link to <see cref="ProposedMotion"/> was made here, for this motion of this meeting.</summary>
    public bool MayOpen(string committee, string meetingRow, string motion, string sent) =>
        signature.Fits(sent, Proposing, committee, meetingRow, motion);

    /// <summary>The form for the minutes of one meeting, open to whoever has the link.</summary>
    public Uri MinutesForm(Charter charter, Meeting meeting) => new(_site, WritingPath(charter.Id, meeting));

    /// <summary>The draft as a file.</summary>
    public Uri MinutesTemplate(Charter charter, Meeting meeting) => new(_site, $"{WritingPath(charter.Id, meeting)}/minutes.md");

    /// <summary>Whether a link to <see cref="MinutesForm"/> was made here, for this meeting.</summary>
    public bool MayWrite(string committee, Meeting meeting, string sent) =>
        signature.Fits(sent, Writing, committee, Keys.Instant(meeting.Start));

    /// <summary>A member's own page, open to whoever has the link, for two months from then on.</summary>
    /// <remarks>It is another one for another first address, so that an address that was given up opens nothing.</remarks>
    public Uri MyPage(Charter charter, Member member, DateTimeOffset now)
    {
        var until = CharterValues.Text(charter.DayOf(now + MineLasts));
        return new(_site, $"/my/{charter.Id}/{member.Id}/{until}/{signature.Of(Mine, charter.Id, member.Id, Address(member), until)}");
    }

    /// <summary>The own page of whom a mail is written to; null for who is no member.</summary>
    public Uri? MyPage(Charter charter, Addressee addressee, DateTimeOffset now) =>
        addressee.Member is { } member ? MyPage(charter, member, now) : null;

    /// <summary>Whether a link to <see cref="MyPage(Charter, Member, DateTimeOffset)"/> was made here, for this member, and has not lapsed.</summary>
    /// <param name="until">Last day of the link, as it stands in it.</param>
    public bool MayOpen(Charter charter, Member member, string until, string sent, DateTimeOffset now) =>
        CharterValues.TryDate(until, out var last)
        && charter.DayOf(now) <= last
        && signature.Fits(sent, Mine, charter.Id, member.Id, Address(member), until);

    private static string Address(Member member) => member.Addresses[0].ToLowerInvariant();

    private Uri At(Charter charter, string path) => new(_site, $"/{charter.Id}/{path}");

    private string WritingPath(string committee, Meeting meeting) =>
        $"/write/{committee}/{meeting.Row}/{signature.Of(Writing, committee, Keys.Instant(meeting.Start))}";
}
