using System.Text.Json.Serialization;
using BscFlow.Committee;
using BscFlow.Votes.Nominations;
using BscFlow.Votes.Ranked;
using BscFlow.Votes.Ranked.Ballots;
using Microsoft.AspNetCore.Http;

namespace BscFlow.Web;

/// <summary>Nominations to ask for, as a program or a form sends them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record NominationInput
{
    /// <summary>Of the motion that follows; without it the id is made of the month and the title.</summary>
    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>As <c>2026-03-04T15:00</c> in the committee's zone, or with an offset.</summary>
    public string? NominateUntil { get; init; }

    /// <summary>Until when nominees accept or decline; without it two days after <see cref="NominateUntil"/>.</summary>
    public string? AnswerUntil { get; init; }

    /// <summary>Of the vote that follows; without it the charter's time after it opens.</summary>
    public string? Deadline { get; init; }

    public bool Secret { get; init; }

    /// <summary>How people vote; <c>ranked</c> where nothing is said.</summary>
    public BallotKind Kind { get; init; }

    public CountingMethod? Method { get; init; }

    public int? Seats { get; init; }

    /// <summary>Options that stand on the ballot beside the nominees: a name a line, or a table in CSV.</summary>
    public string? Options { get; init; }

    /// <summary>Who is asked in place of the committee: a table in CSV with the columns <c>name</c> and <c>email</c>.</summary>
    public string? Voters { get; init; }

    /// <inheritdoc cref="MotionInput.VotersFile"/>
    internal IFormFile? VotersFile { get; init; }

    /// <summary>Asks for them.</summary>
    /// <param name="wrong">What a form found wrong already, by the name of the field: nothing is opened then.</param>
    /// <returns>Id of the motion that follows; null, with what is wrong by the name of the field.</returns>
    internal async Task<(string? Id, Dictionary<string, string[]> Errors)> OpenAsync(
        Charter charter,
        string who,
        OpenNominations open,
        DateTimeOffset now,
        IReadOnlyDictionary<string, string[]> wrong,
        CancellationToken cancellationToken)
    {
        var motion = new MotionInput
        {
            Id = Id,
            Title = Title,
            Text = Text,
            Deadline = Deadline,
            Secret = Secret,
            Voters = Voters,
            VotersFile = VotersFile,
            Options = new OptionsInput
            {
                Kind = Kind,
                Method = Method,
                Seats = Seats,
                Table = Options,
            },
        };
        motion.TryRead(charter, now, out var draft, out var errors);
        foreach (var (field, sentences) in wrong)
        {
            errors[field] = sentences;
        }

        if (!TypedText.TryReadMoment(charter, NominateUntil, out var nominateUntil))
        {
            errors["nominateUntil"] = ["Say until when people can nominate, as 2026-03-04T15:00, in the committee's zone, or with an offset."];
        }

        DateTimeOffset? answerUntil = null;
        if (!string.IsNullOrWhiteSpace(AnswerUntil))
        {
            if (TypedText.TryReadMoment(charter, AnswerUntil, out var moment))
            {
                answerUntil = moment;
            }
            else
            {
                errors["answerUntil"] = ["Say until when nominees answer, as 2026-03-04T15:00, in the committee's zone, or with an offset."];
            }
        }

        if (draft is null || errors.Count > 0)
        {
            return (null, errors);
        }

        if (await open.RunAsync(charter, draft, nominateUntil, answerUntil, who, cancellationToken) is { } refusal)
        {
            errors["form"] = [$"Nobody was asked: {refusal}."];
            return (null, errors);
        }

        return (draft.Id, errors);
    }
}
