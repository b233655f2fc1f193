using BscFlow.Committee;
using BscFlow.Votes;

namespace BscFlow.Publishing;

/// <summary>What a motion takes, in words that name the number.</summary>
internal static class RuleText
{
    public static string Of(Motion motion)
    {
        var rule = motion.Rule;
        if (rule.Consensus)
        {
            return "Carried at its deadline unless someone who is asked objects with a reason.";
        }

        var members = motion.Electorate.Members.Count;
        var asked = motion.Electorate.Size;
        var needed = rule.Needed.Of switch
        {
            Body.Entire => $"{rule.Needed.Needs} of the entire committee: {rule.Needed.Needed(members)} of {members} votes for it",
            Body.Others => $"{rule.Needed.Needs} of the other members: {rule.Needed.Needed(asked)} of {asked} votes for it",
            Body.Present => $"{rule.Needed.Needs} of those who {(rule.InMeeting ? "are present" : "answer")}",
            _ => $"{rule.Needed.Needs} of the votes for and against",
        };
        var quorum = rule.Needed.Of is Body.Cast or Body.Present
            ? $", and {rule.Quorum.Needed(asked)} of {asked} members must {(rule.InMeeting ? "be present" : "answer")}"
            : "";
        var ratified = rule.RatifiedBy is { } body ? $" Then it is ratified by {body}." : "";
        return $"It takes {needed}{quorum}.{ratified}";
    }
}
