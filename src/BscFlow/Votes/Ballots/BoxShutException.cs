using BscFlow.Mail;

namespace BscFlow.Votes.Ballots;

/// <summary>A ballot came while a motion's box was looked into. It was not recorded: bring it again in a moment.</summary>
public sealed class BoxShutException(string motion)
    : ComeAgainException($"The ballots of the motion {motion} are being counted.");
