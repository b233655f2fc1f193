using BscFlow.Committee;

namespace BscFlow.Tests.Mail;

internal static class Charters
{
    /// <summary>A charter with what mail needs of it; its mailbox is the committee's own.</summary>
    public static Charter Tidewater(string id) => new()
    {
        Id = id,
        Name = "Tidewater Steering Committee",
        TimeZone = "America/Vancouver",
        Mailbox = $"secretary@{id}.example",
        Secretaries = [$"noor@{id}.example"],
        Meetings = new() { Rule = "FREQ=MONTHLY;BYDAY=2WE", Start = new(2027, 1, 13, 16, 30, 0) },
        Quorum = new(new(3, 5), MoreThan: false, Body.Entire),
        Rules = new Dictionary<string, VoteRule>(),
        Members = [],
    };
}
