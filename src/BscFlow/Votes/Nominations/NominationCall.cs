using Azure;
using BscFlow.Committee;
using BscFlow.Votes.Options;

namespace BscFlow.Votes.Nominations;

/// <summary>
/// Asks voters to nominate the people, or the things, that a motion will let them choose from. When its time is over, the motion
/// is opened with those that were accepted.
/// </summary>
public sealed record NominationCall
{
    /// <summary>Nominees of one voter: more would be a way to have mails sent to whom one likes.</summary>
    public const int MostOfOne = 10;

    public required string Committee { get; init; }

    /// <summary>Also the id of the motion that is opened.</summary>
    public string Id => Draft.Id;

    /// <summary>What is opened, but for its options.</summary>
    public required MotionDraft Draft { get; init; }

    /// <summary>A nomination received at this very instant still counts.</summary>
    public required DateTimeOffset NominateUntil { get; init; }

    /// <summary>Until when a nominee accepts or declines.</summary>
    public required DateTimeOffset AnswerUntil { get; init; }

    /// <summary>Who is asked, frozen as it is for a motion.</summary>
    public required Electorate Electorate { get; init; }

    public required DateTimeOffset Opened { get; init; }

    /// <summary>Whether the tokens of all voters are on record.</summary>
    public bool HasTokens { get; init; }

    /// <summary>
    /// How far the calls to a large electorate are queued: id of the last voter, in the order of the electorate. Null: not so
    /// far.
    /// </summary>
    public string? CalledTo { get; init; }

    /// <summary>Whether the voters were called to nominate.</summary>
    public bool Called { get; init; }

    /// <summary>
    /// Whether its time is over and the vote waits for the order in which the chair decides ties: the chair can rank people only
    /// when they are known, and the charter wants the order on record when the vote opens.
    /// </summary>
    public bool AwaitsChair { get; init; }

    /// <summary>What came of it, in words; null while it goes on.</summary>
    public string? Outcome { get; init; }

    /// <summary>Who made it: an address.</summary>
    public string By { get; init; } = "clock";

    public ETag ETag { get; init; }

    /// <summary>What is opened, with those who accepted by name; two people of one name are told apart by a number.</summary>
    /// <param name="nominees">All of this call.</param>
    public MotionDraft DraftWith(IEnumerable<Nominee> nominees)
    {
        var accepted = nominees
            .Where(nominee => nominee.Answer is NomineeAnswer.Accepted)
            .OrderBy(nominee => nominee.Name, Spelling.Order)
            .ToList();
        var options = accepted.Select(nominee => new MotionOption(
            NameOf(nominee), Link: null, Cost: 0, Electorate.NameOf(nominee.By[0]), nominee.Affiliation, Recused: []));
        return Draft with
        {
            Options = Draft.Options! with { Options = [.. Draft.Options.Options, .. options] },
            Electorate = Electorate.IsImported ? Electorate : null,
        };

        string NameOf(Nominee nominee)
        {
            var same = accepted
                .Where(other => string.Equals(other.Name, nominee.Name, StringComparison.OrdinalIgnoreCase))
                .ToList();
            return same.Count == 1 ? nominee.Name : $"{nominee.Name} ({same.IndexOf(nominee) + 1})";
        }
    }

    /// <summary>Why it cannot be asked; null when it can.</summary>
    public static string? Refusal(
        MotionDraft draft, DateTimeOffset nominateUntil, DateTimeOffset answerUntil, DateTimeOffset now) =>
        draft.Options is null ? "nominations are for a motion with options"
        : draft.Options.Chair.Count > 0 ? "the chair ranks the options when the nominations are over; leave the order out until then"
        : nominateUntil < now.AddHours(1) ? "the time to nominate leaves less than an hour"
        : answerUntil < nominateUntil ? "the time to answer ends before the time to nominate"
        : draft.Deadline <= answerUntil ? "its deadline is before the time to answer ends"
        : null;
}

public enum NomineeAnswer
{
    None,
    Accepted,
    Declined,
}

/// <summary>Somebody who was nominated.</summary>
/// <param name="Key">Of the address; the same person is nominated once.</param>
/// <param name="By">Ids of those who nominated, the first ones: see <see cref="NominatedBy"/>.</param>
public sealed record Nominee(
    string Key,
    string Name,
    string Address,
    string? Affiliation,
    IReadOnlyList<string> By,
    NomineeAnswer Answer,
    DateTimeOffset? AnsweredAt)
{
    /// <summary>Of more than a row of a table holds no more are named; whoever comes after them changes nothing.</summary>
    public const int MostNominators = 500;

    /// <summary>The same nominated by a voter too; null where that changes nothing.</summary>
    public Nominee? NominatedBy(string voter) =>
        By.Count >= MostNominators || By.Contains(voter) ? null : this with { By = [.. By, voter] };

    public ETag ETag { get; init; }
}
