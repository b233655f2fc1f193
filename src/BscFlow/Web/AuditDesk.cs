using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Secretary;
using BscFlow.Storage;
using BscFlow.Web.Pages.Desk;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BscFlow.Web;

/// <summary>An event on record, as the desk shows it.</summary>
/// <param name="Subject">
/// To what it happened, as people call it: "Two speakers for 2027 (2026-12-speakers)", "meeting #34".
/// </param>
public sealed record AuditLine(AuditEntry Entry, string Subject);

/// <summary>The audit, for a person to look at: what was done, and by whom.</summary>
internal static class AuditDesk
{
    private const int Most = 100;

    /// <summary>How the names of events about a motion, or about a call for nominations, begin.</summary>
    private static readonly string[] OfVotes = ["motion-", "ballot-", "voter-", "nomin"];

    /// <param name="before">Sequence of the event before which the page begins; none: it begins with the latest.</param>
    public static async Task<RazorComponentResult<AuditPage>> ListAsync(
        InForce inForce,
        [FromQuery] long? before,
        AuditLog audit,
        TitleOfVote titleOf,
        MailStore mails,
        CancellationToken cancellationToken)
    {
        var titles = new Dictionary<string, string?>();
        var lines = new List<AuditLine>();
        foreach (var entry in await audit.LatestAsync(inForce.Id, before, Most, cancellationToken))
        {
            var name = NameIn(entry);
            if (IsOfVote(entry) && !titles.ContainsKey(name))
            {
                titles[name] = await titleOf(inForce.Id, name, cancellationToken) is { } title ? $"{title} ({name})" : null;
            }
            else if (entry.Event == SettleMail.Event && !titles.ContainsKey(name))
            {
                titles[name] = (await mails.FindAsync(inForce.Id, name, cancellationToken))?.Subject;
            }

            lines.Add(new(entry, titles.GetValueOrDefault(name) ?? InWords(inForce.Charter, entry)));
        }

        return new(new { inForce.Charter, Lines = lines });
    }

    private static bool IsOfVote(AuditEntry entry) =>
        Array.Exists(OfVotes, start => entry.Event.StartsWith(start, StringComparison.Ordinal));

    /// <summary>What stands behind it only tells apart events of one kind: a version, a moment, a hash.</summary>
    private static string NameIn(AuditEntry entry) => entry.Subject.Split(['|', ' '], 2)[0];

    private static string InWords(Charter charter, AuditEntry entry) => NameIn(entry) switch
    {
        { Length: >= 4 } row when int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            string.Create(CultureInfo.InvariantCulture, $"meeting #{number}"),
        var moment when Keys.TryParseInstant(moment, out var start) => string.Create(
            CultureInfo.InvariantCulture,
            $"the meeting of {TimeZoneInfo.ConvertTime(start, charter.Zone()):ddd d MMM yyyy, HH:mm}"),

        // A version alone: of the one thing of its kind, as the charter is.
        ['"', ..] => "",
        var name => name,
    };
}
