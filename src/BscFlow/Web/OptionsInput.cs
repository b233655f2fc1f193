using System.Text;
using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes;
using BscFlow.Votes.Options;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using BscFlow.Votes.Ranked.Files;

namespace BscFlow.Web;

/// <summary>An option, as a program sends it.</summary>
/// <param name="Recused">Ids of the voters who take no part in it.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OptionInput(
    string? Name,
    string? Link = null,
    decimal Cost = 0,
    string? Proposer = null,
    string? Affiliation = null,
    IReadOnlyList<string>? Recused = null);

/// <summary>What a motion asks in place of yes or no, as a program sends it, and as <see cref="OptionsForm"/> says it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OptionsInput
{
    /// <summary>How people vote; <c>ranked</c> where nothing is said.</summary>
    public BallotKind Kind { get; init; }

    /// <summary>How the ballots are counted; where nothing is said the first method that fits the kind.</summary>
    public CountingMethod? Method { get; init; }

    public int? Seats { get; init; }

    /// <summary>How many seats each affiliation may hold; without it and <see cref="Caps"/> what the charter says.</summary>
    public int? Cap { get; init; }

    /// <summary>How many seats an affiliation may hold; one that names none is for all others.</summary>
    public IReadOnlyList<SeatCap>? Caps { get; init; }

    /// <summary>Name of the option behind which nothing wins; without it what the charter says.</summary>
    public string? Floor { get; init; }

    public decimal? Budget { get; init; }

    /// <summary>Whether a smaller option may take what is left of the budget.</summary>
    public bool FillBudget { get; init; }

    /// <summary>How many ballots it takes; 0: what the charter says, and nothing for voters beyond the committee.</summary>
    public long Quorum { get; init; }

    /// <summary>The highest score; 10 where nothing is said.</summary>
    public int? MostScore { get; init; }

    /// <summary>Names of options in the order in which the chair decides ties; without it a lot does.</summary>
    public IReadOnlyList<string>? Chair { get; init; }

    public IReadOnlyList<OptionInput>? Options { get; init; }

    /// <summary>
    /// In place of <see cref="Options"/>: a name a line, in quotes where it has a comma, or a table in CSV with the columns
    /// <c>name</c>, <c>link</c>, <c>cost</c>, <c>proposer</c>, <c>affiliation</c> and <c>recused</c>, whose names are parted by
    /// semicolons.
    /// </summary>
    public string? Table { get; init; }

    /// <summary>Numbers that no vote could have: the field of each, and what it can be.</summary>
    internal IEnumerable<(string Field, string Error)> OutOfRange() => new (string Field, bool IsWrong, string Error)[]
    {
        ("seats", Seats < 1, "At least one must be able to win."),
        ("cap", Cap < 0, "Give a whole number from 0 on."),
        ("caps", Caps?.Any(cap => cap.Seats < 0) is true, "Each affiliation may hold a whole number of seats from 0 on."),
        ("budget", Budget < 0, "Give an amount from 0 on."),
        ("quorum", Quorum < 0, "Give a whole number from 0 on."),
        (
            "mostScore",
            MostScore is < 1 or > OptionVote.HighestScore,
            $"Scores go up to a number from 1 to {OptionVote.HighestScore}."),
    }.Where(number => number.IsWrong).Select(number => (number.Field, number.Error));

    /// <summary>What it says; null, with what is wrong, where something cannot be read.</summary>
    public OptionVote? Read(Charter charter, out string? error)
    {
        error = null;
        try
        {
            return new OptionVote
            {
                Kind = Kind,
                Method = Method ?? Kind switch
                {
                    BallotKind.Ranked => CountingMethod.Schulze,
                    BallotKind.Score => CountingMethod.Score,
                    _ => CountingMethod.Approval,
                },
                Seats = Seats,
                Caps = [.. Caps ?? [], .. Cap is { } cap ? [new SeatCap(null, cap)] : (SeatCap[])[]],
                Floor = TypedText.Given(Floor),
                Budget = Budget,
                FillBudget = FillBudget,
                Quorum = Quorum,
                MostScore = MostScore ?? 10,
                Chair = Chair ?? [],
                Options = Options is { Count: > 0 } sent ? [.. sent.Select(Option)] : OptionList.Read(Table ?? "", charter),
            };
        }
        catch (BallotFormatException wrong)
        {
            error = wrong.Line > 0 ? $"Line {wrong.Line} of the options: {wrong.Message}." : $"The options: {wrong.Message}.";
            return null;
        }
    }

    /// <summary>The voters of a table in CSV with the columns <c>name</c> and <c>email</c>.</summary>
    internal static Electorate? ReadVoters(string table, out string? error) =>
        ReadVoters(new MemoryStream(Encoding.UTF8.GetBytes(table)), out error);

    /// <inheritdoc cref="ReadVoters(string, out string?)"/>
    internal static Electorate? ReadVoters(Stream table, out string? error)
    {
        try
        {
            using (table)
            {
                error = null;
                return ElectorTable.Read(table);
            }
        }
        catch (BallotFormatException wrong)
        {
            error = wrong.Line > 0 ? $"Line {wrong.Line} of the voters: {wrong.Message}." : $"The voters: {wrong.Message}.";
            return null;
        }
    }

    private static MotionOption Option(OptionInput sent) => new(
        sent.Name?.Trim() ?? "",
        OptionList.LinkOf(sent.Link, 0),
        sent.Cost,
        TypedText.Given(sent.Proposer),
        TypedText.Given(sent.Affiliation),
        sent.Recused ?? []);
}
