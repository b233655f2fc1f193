using System.Globalization;
using BscFlow.Actions;

namespace BscFlow.Mail.Messages;

/// <summary>How mails speak of action items.</summary>
internal static class ActionWords
{
    /// <summary>Where it comes from: <c>from #55, 12 Mar 2025; due 1 Apr 2025</c>.</summary>
    public static string Origin(ActionItem item) =>
        $"from {(item.Meeting is { } number ? $"#{number}, " : "")}{Date(item.Opened)}"
        + (item.Due is { } due ? $"; due {Date(due)}" : "");

    /// <summary>How pressing it is: <c>due in 3 days</c>, <c>5 days overdue</c>; else how old.</summary>
    public static string Age(ActionItem item, DateOnly today) => (item.Due?.DayNumber - today.DayNumber) switch
    {
        0 => "due today",
        > 0 and var days => $"due in {Days(days)}",
        < 0 and var days => $"{Days(-days)} overdue",
        null => (today.DayNumber - item.Opened.DayNumber) switch
        {
            <= 0 => "new",
            < 14 and var days => $"{Days(days)} old",
            < 70 and var days => $"{days / 7} weeks old",
            var days => $"{days * 12 / 365} months old",
        },
    };

    public static string Date(DateOnly date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    private static string Days(int days) => days == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{days} days");
}
