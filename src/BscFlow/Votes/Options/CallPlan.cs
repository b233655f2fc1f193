using BscFlow.Mail;

namespace BscFlow.Votes.Options;

/// <summary>When the calls for a vote leave, within what Exchange lets one mailbox send.</summary>
/// <param name="Last">When the last of them leaves, if nothing else is sent meanwhile.</param>
/// <param name="IsLate">Whether that is after half time, so that some have less than half of the time to vote.</param>
public sealed record CallPlan(int Calls, DateTimeOffset Last, bool IsLate)
{
    public static CallPlan Of(Motion motion) => Of(motion.Electorate.Size, motion.Opened, motion.Deadline);

    public static CallPlan Of(int calls, DateTimeOffset opened, DateTimeOffset deadline)
    {
        var before = Math.Max(0, calls - 1);
        var last =
            opened + TimeSpan.FromDays(before / MailPace.ADay) + TimeSpan.FromMinutes(before % MailPace.ADay / MailPace.AMinute);
        return new CallPlan(calls, last, last > opened + ((deadline - opened) / 2));
    }
}
