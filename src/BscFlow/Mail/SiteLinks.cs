using BscFlow.Committee;
using BscFlow.Meetings;
using Microsoft.Extensions.Options;

namespace BscFlow.Mail;

/// <summary>Addresses of pages, as mails carry them.</summary>
public sealed class SiteLinks(IOptions<BscFlowOptions> options)
{
    private readonly Uri _site = options.Value.SiteAddress!;

    public Uri Meeting(Charter charter, Meeting meeting) => new(_site, $"/{charter.Id}/meetings/{meeting.Row}/");

    public Uri Actions(Charter charter) => new(_site, $"/{charter.Id}/actions/");

    public Uri Desk(Charter charter) => new(_site, $"/desk/{charter.Id}");

    public Uri MinutesForm(Charter charter, Meeting meeting) => new(_site, $"/desk/{charter.Id}/meetings/{meeting.Row}");

    public Uri MinutesTemplate(Charter charter, Meeting meeting) =>
        new(_site, $"/desk/{charter.Id}/meetings/{meeting.Row}/minutes.md");
}
