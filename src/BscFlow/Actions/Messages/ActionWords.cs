using System.Globalization;

namespace BscFlow.Actions.Messages;

/// <summary>How mails speak of action items.</summary>
internal static class ActionWords
{
    /// <summary>For the agenda: <c>meeting #55, 12 Mar 2025; due 1 Apr 2025</c>.</summary>
    public static string Origin(ActionItem item) => Meeting(item) + (item.Due is { } due ? $"; due {Date(due)}" : "");

    /// <summary>For the owner: <c>due 1 Apr 2025, 5 days overdue; from meeting #55, 12 Mar 2025</c>.</summary>
    public static string Pressing(ActionItem item, DateOnly today) => $"{Age(item, today)}; from {Meeting(item)}";

    private static string Meeting(ActionItem item) => item.Meeting is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"meeting #{number}, {Date(item.Opened)}")
        : $"the meeting of {Date(item.Opened)}";

    private static string Age(ActionItem item, DateOnly today)
    {
        if (item.Due is { } due)
        {
            return $"due {Date(due)}, " + (due.DayNumber - today.DayNumber) switch
            {
                0 => "today",
                > 0 and var days => $"in {Days(days)}",
                var days => $"{Days(-days)} overdue",
            };
        }

        return (today.DayNumber - item.Opened.DayNumber) switch
        {
            <= 0 => "new",
            < 14 and var days => $"{Days(days)} old",
            < 70 and var days => $"{days / 7} weeks old",
            var days => $"{days * 12 / 365} months old",
        };
    }

    internal static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
