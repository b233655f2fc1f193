namespace BscFlow.Minutes;

/// <summary>A vote by mail that was opened, as the linter asks for it.</summary>
/// <param name="Opened">By the committee's calendar.</param>
/// <param name="Words">Its title and text: what it is about.</param>
public sealed record VoteByMail(DateOnly Opened, string Words);
