using System.Globalization;
using System.Text;

namespace BscFlow.Tests.Publishing;

/// <summary>Minutes of as many years as a test wants, a meeting a month, each with a decision and an action item of its own.</summary>
/// <param name="FirstYear">In which meeting #1 was.</param>
internal readonly record struct ManyYears(int FirstYear)
{
    /// <summary>Of a meeting, by its month.</summary>
    public int Number(int year, int month) => ((year - FirstYear) * 12) + month;

    /// <summary>The file of a year, the latest meeting first.</summary>
    public string Year(int year)
    {
        var text = new StringBuilder();
        for (var month = 12; month > 0; month--)
        {
            text.Append(CultureInfo.InvariantCulture, $"""
                ## Meeting #{Number(year, month)} - {year}-{month:D2}-09

                - Duration: 50m
                - Chair: Amara Okafor
                - Participants:
                  - Amara Okafor
                  - Inês Carvalho
                - Notes:
                  - Opened by the chair of month {month}
                  - Decision: buoy {month} of {year} is painted
                  - AI(Amara Okafor): survey the harbour wall number {Number(year, month)}


                """);
        }

        return text.ToString();
    }
}
