using System.Diagnostics;

namespace BscFlow.Votes.Receiving;

/// <summary>What became of a ballot, in a sentence for its voter or for who entered it.</summary>
public static class CastingWords
{
    public static string Of(Casting casting) => casting switch
    {
        Casting.Accepted => "The ballot counts.",
        Casting.Unclear unclear => $"The ballot cannot be counted: {unclear.Why}.",
        Casting.TooLate => "The vote is closed; the ballot came too late.",
        Casting.ConfirmFirst => "The ballot is to be confirmed first.",
        Casting.Refused refused => $"The ballot cannot be counted: {refused.Reason}.",
        _ => throw new UnreachableException($"No words for {casting.GetType().Name}."),
    };
}
