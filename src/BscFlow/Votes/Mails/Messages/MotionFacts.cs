using System.Globalization;
using BscFlow.Committee;
using BscFlow.Mail.Messages;
using BscFlow.Votes.Options;

namespace BscFlow.Votes.Mails.Messages;

/// <summary>What every mail about a motion says of it, in the words of all of them.</summary>
public sealed record MotionFacts
{
    public required string Title { get; init; }

    /// <summary>What is voted on, word for word.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<MotionLink> Links { get; init; } = [];

    /// <summary>
    /// Which meeting it came of, and why it is voted on by mail; a sentence, null where its minutes do not ask for it.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>Name of who moved it.</summary>
    public string? Mover { get; init; }

    public string? Seconder { get; init; }

    public bool Secret { get; init; }

    public bool Consensus { get; init; }

    /// <summary>What is asked in place of yes or no.</summary>
    public OptionVote? Options { get; init; }

    /// <summary>What it takes, a sentence.</summary>
    public required string Needs { get; init; }

    /// <summary>The body that ratifies what is carried.</summary>
    public string? RatifiedBy { get; init; }

    public required DateTimeOffset Deadline { get; init; }

    /// <summary>IANA name of the committee's zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Its public page.</summary>
    public required Uri Page { get; init; }

    /// <summary>Subject of the motion's thread.</summary>
    public string Subject => $"{(Consensus ? "Comments" : "Vote")}: {Title}";

    /// <summary>In the committee's zone: <c>Friday 19 March 2027, 18:00, America/Vancouver</c>.</summary>
    public string Until => Moment(Deadline);

    /// <summary>The text, where the title does not say the same.</summary>
    internal string? Body => Text.Trim().TrimEnd('.') == Title.Trim().TrimEnd('.') ? null : Text;

    internal string? MovedBy =>
        Mover is null ? null : Seconder is null ? $"Moved by {Mover}." : $"Moved by {Mover}, seconded by {Seconder}.";

    internal string Rule => RuleWords.NeedsAndThen(Needs, RatifiedBy);

    public static MotionFacts Of(Charter charter, Motion motion, Uri page) => new()
    {
        Title = motion.Title,
        Text = motion.Text,
        Links = motion.Links,
        Origin = OriginOf(motion),
        Mover = NameOf(motion, motion.Mover),
        Seconder = NameOf(motion, motion.Seconder),
        Secret = motion.Secret,
        Consensus = motion.Rule.Consensus,
        Options = motion.Options,
        Needs = RuleWords.Needs(motion),
        RatifiedBy = motion.Rule.RatifiedBy,
        Deadline = motion.Deadline,
        TimeZone = charter.TimeZone,
        Page = page,
    };

    public string Moment(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        return $"{local.ToString("dddd d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)}, {TimeZone}";
    }

    /// <summary>The motion itself, as it stands in a text.</summary>
    internal void Write(TextBody text)
    {
        text.Heading(Title);
        if (Body is not null)
        {
            text.Verbatim(Body);
        }

        if (Origin is not null)
        {
            text.Paragraph(Origin);
        }

        if (MovedBy is not null)
        {
            text.Paragraph(MovedBy);
        }

        foreach (var link in Links)
        {
            text.Link(link.Text, link.Address);
        }

        if (Options is { } vote)
        {
            text.Gap();
            foreach (var (i, option) in vote.Options.Index())
            {
                text.Bullet(
                    option.Link is null ? OptionWords.Line(vote, i) : $"{OptionWords.Line(vote, i)}: {option.Link.AbsoluteUri}");
            }
        }
    }

    /// <summary>What a ballot said.</summary>
    internal string Said(Vote vote, string? marks) =>
        Options is { } options && marks is not null ? OptionWords.Said(options, marks) : RuleWords.Of(vote, Consensus);

    /// <summary>Only a cancelled meeting has no number, and nothing comes of it.</summary>
    private static string? OriginOf(Motion motion) =>
        !int.TryParse(motion.Meeting, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? null
        : motion.ForQuorum
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Meeting #{number} wanted to decide this and had no quorum, so that it is voted on by mail.")
            : string.Create(CultureInfo.InvariantCulture, $"The minutes of meeting #{number} leave this to a vote by mail.");

    private static string? NameOf(Motion motion, string? id) => id is null ? null : motion.Electorate.NameOf(id);
}
