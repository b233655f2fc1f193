using System.Globalization;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>What every mail about nominations says of the election.</summary>
/// <param name="TimeZone">IANA name of the committee's zone.</param>
public sealed record NominationFacts(
    string Title, string Text, DateTimeOffset NominateUntil, DateTimeOffset AnswerUntil, string TimeZone)
{
    internal string Nominations => Moment(NominateUntil);

    internal string Answers => Moment(AnswerUntil);

    private string Moment(DateTimeOffset moment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)):dddd d MMMM yyyy, HH:mm}, {TimeZone}");
}
