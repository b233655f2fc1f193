using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>What was typed into the form that asks for nominations: all of it is shown again where something of it is refused.</summary>
public sealed record NominationForm
{
    public string? Title { get; init; }

    public string? Text { get; init; }

    public string? NominateUntil { get; init; }

    public string? AnswerUntil { get; init; }

    public string? Deadline { get; init; }

    public bool Secret { get; init; }

    public string? Kind { get; init; }

    public string? Method { get; init; }

    public string? Seats { get; init; }

    public string? Options { get; init; }

    public string? Voters { get; init; }

    /// <inheritdoc cref="MotionForm.VotersFile"/>
    public IFormFile? VotersFile { get; init; }

    /// <inheritdoc cref="MotionForm.Read"/>
    internal NominationInput Read(Dictionary<string, string[]> errors) => new()
    {
        Title = Title,
        Text = Text,
        NominateUntil = NominateUntil,
        AnswerUntil = AnswerUntil,
        Deadline = Deadline,
        Secret = Secret,
        Kind = TypedText.Read<BallotKind>(Kind, "kind", errors) ?? default,
        Method = TypedText.Read<CountingMethod>(Method, "method", errors),
        Seats = TypedText.ReadNumber(Seats, "seats", errors),
        Options = Options,
        Voters = Voters,
        VotersFile = VotersFile,
    };
}
