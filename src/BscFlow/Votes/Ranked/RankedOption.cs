namespace BscFlow.Votes.Ranked;

/// <summary>One of the things or people that are voted on.</summary>
/// <param name="Name">Unique among the options.</param>
/// <param name="Affiliation">Whose seats a cap counts together; null: nobody's.</param>
/// <param name="Cost">What it takes of the budget.</param>
public sealed record RankedOption(string Name, string? Affiliation = null, decimal Cost = 0);
