using System.Diagnostics.CodeAnalysis;
using BscFlow.Committee;
using BscFlow.Storage;
using Microsoft.Extensions.Options;

namespace BscFlow.Links;

/// <summary>Addresses of pages, as mails carry them. It knows nothing of what the pages show: every room may use it.</summary>
public sealed class SiteLinks(IOptions<BscFlowOptions> options, LinkSignature signature)
{
    private const string Writing = "write-minutes";
    private const string Mine = "my-page";
    private const string Proposing = "open-motion";

    /// <summary>How long a member's link opens their page; each mail brings a new one.</summary>
    private static readonly TimeSpan MineLasts = TimeSpan.FromDays(60);

    private readonly Uri _site = options.Value.SiteAddress!;

    /// <param name="day">Of the meeting, in the committee's zone.</param>
    public Uri Meeting(Charter charter, int? number, DateOnly day) => At(charter, SitePath.Meeting(number, day));

    /// <summary>The committee's first page, with its next meeting.</summary>
    public Uri Front(Charter charter) => At(charter, "");

    public Uri Actions(Charter charter) => At(charter, SitePath.Actions);

    public Uri Desk(Charter charter) => new(_site, $"/desk/{charter.Id}");

    /// <summary>What came in for a committee, at the desk.</summary>
    public Uri DeskMail(Charter charter) => new(_site, $"/desk/{charter.Id}/mail");

    /// <summary>The editor of a meeting's minutes, at the desk.</summary>
    /// <param name="row">Of the meeting.</param>
    public Uri DeskMinutes(Charter charter, string row) => new(_site, $"/desk/{charter.Id}/meetings/{row}/minutes");

    /// <summary>Where Graph tells of new mail.</summary>
    public Uri GraphNotifications => new(_site, "/notifications/graph");

    /// <summary>Where Graph tells what becomes of a subscription.</summary>
    public Uri GraphLifecycle => new(_site, "/notifications/graph/lifecycle");

    /// <summary>The public page of a motion.</summary>
    public Uri Motion(Charter charter, string motion) => At(charter, SitePath.Motion(motion));

    /// <summary>The file from which a result can be counted again.</summary>
    public Uri Tally(Charter charter, string motion) => At(charter, SitePath.Tally(motion));

    /// <summary>The page on which the holder of a token votes.</summary>
    public Uri Ballot(Charter charter, string token) => new(_site, $"/vote/{charter.Id}/{token}");

    /// <summary>The page whose button opens a motion that the minutes of a meeting ask for.</summary>
    /// <param name="row">Of the meeting.</param>
    public Uri ProposedMotion(Charter charter, string row, string motion) => new(
        _site,
        $"/propose/{charter.Id}/{row}/{motion}/{signature.Of(Proposing, charter.Id, row, motion)}");

    /// <summary>Whether a link to <see cref="ProposedMotion"/> was made here, for this motion of this meeting.</summary>
    public bool MayOpen(string committee, string meetingRow, string motion, string sent) =>
        signature.Fits(sent, Proposing, committee, meetingRow, motion);

    /// <summary>The form for the minutes of one meeting, open to whoever has the link.</summary>
    /// <param name="row">Of the meeting.</param>
    /// <param name="start">Of the meeting: a row that goes to another one takes no link along.</param>
    public Uri MinutesForm(Charter charter, string row, DateTimeOffset start) => new(_site, WritingPath(charter.Id, row, start));

    /// <summary>The draft as a file.</summary>
    public Uri MinutesTemplate(Charter charter, string row, DateTimeOffset start) =>
        new(_site, $"{WritingPath(charter.Id, row, start)}/minutes.md");

    /// <summary>Whether a link to <see cref="MinutesForm"/> was made here, for this meeting.</summary>
    public bool MayWrite(string committee, DateTimeOffset start, string sent) =>
        signature.Fits(sent, Writing, committee, Keys.Instant(start));

    /// <summary>A member's own page, open to whoever has the link, for two months from then on.</summary>
    /// <remarks>It is another one for another first address, so that an address that was given up opens nothing.</remarks>
    /// <param name="member">Null for who is none, and has none.</param>
    [return: NotNullIfNotNull(nameof(member))]
    public Uri? MyPage(Charter charter, Member? member, DateTimeOffset now)
    {
        if (member is null)
        {
            return null;
        }

        var until = CharterValues.Text(charter.DayOf(now + MineLasts));
        return new(
            _site, $"/my/{charter.Id}/{member.Id}/{until}/{signature.Of(Mine, charter.Id, member.Id, Address(member), until)}");
    }

    /// <summary>Whether a link to <see cref="MyPage"/> was made here, for this member, and has not lapsed.</summary>
    /// <param name="until">Last day of the link, as it stands in it.</param>
    public bool MayOpen(Charter charter, Member member, string until, string sent, DateTimeOffset now) =>
        CharterValues.TryDate(until, out var last)
        && charter.DayOf(now) <= last
        && signature.Fits(sent, Mine, charter.Id, member.Id, Address(member), until);

    private static string Address(Member member) => member.Addresses[0].ToLowerInvariant();

    private Uri At(Charter charter, string path) => new(_site, $"/{charter.Id}/{path}");

    private string WritingPath(string committee, string row, DateTimeOffset start) =>
        $"/write/{committee}/{row}/{signature.Of(Writing, committee, Keys.Instant(start))}";
}
