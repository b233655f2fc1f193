using System.Globalization;
using BscFlow.Mail.Messages;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>A vote in a result.</summary>
/// <param name="Said">What they said: "for".</param>
public sealed record NamedVote(string Name, string Said, string? Comment);

/// <summary>To all members: how a vote ended, or that it was withdrawn or ratified.</summary>
public sealed record MotionResultMail : MotionMessage
{
    public required MotionState State { get; init; }

    /// <summary>As <see cref="RuleWords.State(Motion)"/> says it.</summary>
    public required string Outcome { get; init; }

    /// <summary>Why it was withdrawn.</summary>
    public string? Reason { get; init; }

    /// <summary>As <see cref="RuleWords.Numbers"/> and <see cref="RuleWords.Why"/> say it; null for a withdrawn motion.</summary>
    public string? Numbers { get; init; }

    /// <summary>Who said what; empty for a secret vote, and where there are too many to list.</summary>
    public IReadOnlyList<NamedVote> Votes { get; init; } = [];

    public DateOnly? RatifiedOn { get; init; }

    /// <summary>The file from which anybody can count again; null for a withdrawn motion.</summary>
    public Uri? Tally { get; init; }

    public override string Subject =>
        $"{(State is MotionState.Withdrawn ? "Withdrawn" : State is MotionState.Ratified ? "Ratified" : "Result")}: {Motion.Title}";

    internal override Type Html => typeof(MotionResultMailHtml);

    internal string Opening => $"{Motion.Title}: {Outcome}.";

    internal string? More => State switch
    {
        MotionState.Withdrawn =>
            $"It was taken back: {Reason}{(Reason is [.., '.' or '!' or '?'] ? "" : ".")} "
                + "The votes that were cast count for nothing.",
        MotionState.Ratified =>
            $"{Capital(Motion.RatifiedBy!)} ratified it on {RatifiedOn!.Value.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}.",
        MotionState.AwaitingRatification => $"It takes effect once {Motion.RatifiedBy} ratifies it.",
        _ => null,
    };

    internal string? Secret => Motion.Secret && Tally is not null
        ? "The vote was secret. The motion's page has a sheet with a line for each ballot; your receipt says how yours begins, and the page "
            + "finds it by your secret word."
        : null;

    internal const string TallyLabel = "The votes in full, to count again";

    private protected override void Write(TextBody text)
    {
        text.Paragraph(Opening);
        if (Numbers is not null)
        {
            text.Paragraph(Numbers);
        }

        if (More is not null)
        {
            text.Paragraph(More);
        }

        text.Gap();
        foreach (var vote in Votes)
        {
            text.Bullet(Line(vote));
        }

        if (Secret is not null)
        {
            text.Paragraph(Secret);
        }

        Motion.Write(text);
        text.Link("The motion's page", Motion.Page);
        if (Tally is not null)
        {
            text.Link(TallyLabel, Tally);
        }
    }

    internal static string Line(NamedVote vote) =>
        vote.Comment is null ? $"{vote.Name}: {vote.Said}" : $"{vote.Name}: {vote.Said}. \"{vote.Comment}\"";

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
