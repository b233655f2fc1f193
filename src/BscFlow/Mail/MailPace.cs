namespace BscFlow.Mail;

/// <summary>Some mails that a mailbox sent at one moment.</summary>
public sealed record MailsTaken(DateTimeOffset At, int Mails);

/// <summary>How many mails a mailbox may send now, by what it has sent in the last minute and the last day.</summary>
/// <param name="Taken">What was sent in the last day, oldest first.</param>
/// <remarks>
/// Exchange Online's limits of a mailbox. They hold for any minute and any day, not only for those of the clock. Each mail of
/// ours has one recipient. What was sent more than a minute ago is kept by the minute, as of its last mail: however often mails
/// leave, a day's list is one that a row holds.
/// </remarks>
public sealed record MailPace(IReadOnlyList<MailsTaken> Taken)
{
    /// <summary>Messages that one mailbox may send in a minute.</summary>
    public const int AMinute = 30;

    /// <summary>Recipients that one mailbox may reach in a day.</summary>
    public const int ADay = 10_000;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static MailPace None { get; } = new([]);

    /// <summary>Takes as many of the wanted mails as may leave now.</summary>
    /// <returns>How many, the pace after them, and from when on more may leave.</returns>
    public (int Granted, MailPace After, DateTimeOffset Next) Take(DateTimeOffset moment, int wanted)
    {
        var now = WholeSecond(moment);
        var kept = Kept(now);
        var minute = kept.Where(taken => taken.At > now - Minute).ToList();
        var left = Math.Min(AMinute - minute.Sum(taken => taken.Mails), ADay - kept.Sum(taken => taken.Mails));
        var granted = Math.Clamp(left, 0, wanted);
        if (granted > 0)
        {
            kept.Add(new MailsTaken(now, granted));
            minute.Add(kept[^1]);
        }

        var next = kept.Sum(taken => taken.Mails) >= ADay ? kept[0].At + Day
            : minute.Sum(taken => taken.Mails) >= AMinute ? minute[0].At + Minute
            : now;
        return (granted, new MailPace(kept), next);
    }

    /// <summary>Notes mails that leave whatever the pace is.</summary>
    public MailPace With(DateTimeOffset moment, int mails)
    {
        var now = WholeSecond(moment);
        return new([.. Kept(now), new MailsTaken(now, mails)]);
    }

    private List<MailsTaken> Kept(DateTimeOffset now)
    {
        var kept = new List<MailsTaken>();
        foreach (var taken in Taken.Where(taken => taken.At > now - Day))
        {
            if (kept is [.., var last] && taken.At <= now - Minute && WholeMinute(last.At) == WholeMinute(taken.At))
            {
                kept[^1] = new MailsTaken(taken.At, last.Mails + taken.Mails);
            }
            else
            {
                kept.Add(taken);
            }
        }

        return kept;
    }

    private static long WholeMinute(DateTimeOffset moment) => moment.UtcTicks / Minute.Ticks;

    /// <summary>A timer that comes each minute is a little late, and not each time by as much.</summary>
    private static DateTimeOffset WholeSecond(DateTimeOffset moment) =>
        new(moment.UtcTicks - (moment.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
