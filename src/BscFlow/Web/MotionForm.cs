using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>What was typed into the form for a new motion: all of it is shown again where something of it is refused.</summary>
public sealed record MotionForm
{
    public string? Title { get; init; }

    public string? Text { get; init; }

    public string? Rule { get; init; }

    public bool Consensus { get; init; }

    public string? Subject { get; init; }

    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    public string? Deadline { get; init; }

    public bool Secret { get; init; }

    /// <summary>Of links, one a line.</summary>
    public string? Addresses { get; init; }

    public OptionsForm? Options { get; init; }

    public string? Voters { get; init; }

    /// <summary>In place of <see cref="Voters"/>; a browser sends an empty one where none was chosen.</summary>
    public IFormFile? VotersFile { get; init; }

    /// <summary>The same as a program sends it.</summary>
    /// <param name="errors">Takes what is no number, by the name of the field.</param>
    internal MotionInput Read(Dictionary<string, string[]> errors)
    {
        var options = Options?.Read(errors);
        return new()
        {
            Title = Title,
            Text = Text,
            Rule = Rule,
            Consensus = Consensus,
            Subject = Subject,
            Mover = Mover,
            Seconder = Seconder,
            Deadline = Deadline,
            Secret = Secret,
            Links = [.. TypedText.Lines(Addresses).Select(address => new MotionLinkInput(address))],

            // The form has the fields also on a motion that is voted on with yes or no, and their table is empty then.
            Options = string.IsNullOrWhiteSpace(options?.Table) ? null : options,
            Voters = Voters,
            VotersFile = VotersFile,
        };
    }
}

/// <summary>What was typed of options in place of yes or no.</summary>
public sealed record OptionsForm
{
    public string? Table { get; init; }

    public string? Kind { get; init; }

    public string? Method { get; init; }

    public string? Seats { get; init; }

    public string? Cap { get; init; }

    public string? Budget { get; init; }

    public bool FillBudget { get; init; }

    /// <summary>A name a line.</summary>
    public string? ChairOrder { get; init; }

    /// <inheritdoc cref="MotionForm.Read"/>
    internal OptionsInput Read(Dictionary<string, string[]> errors) => new()
    {
        Table = Table ?? "",
        Kind = TypedText.Read<BallotKind>(Kind, "kind", errors) ?? default,
        Method = TypedText.Read<CountingMethod>(Method, "method", errors),
        Seats = TypedText.ReadNumber(Seats, "seats", errors),
        Cap = TypedText.ReadNumber(Cap, "cap", errors),
        Budget = TypedText.ReadAmount(Budget, "budget", errors),
        FillBudget = FillBudget,
        Chair = TypedText.Lines(ChairOrder),
    };
}
