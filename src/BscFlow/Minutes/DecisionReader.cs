using System.Buffers;
using System.Collections.Frozen;

namespace BscFlow.Minutes;

/// <summary>Reads decisions that the minutes say to be one: under a label, as the committee's own act, or as the fate of a motion.</summary>
internal sealed class DecisionReader(KnownPeople people)
{
    private const int MostSubjectWords = 5;

    /// <summary>What every decision has in it; most lines have not. So short and few that a search for all of them at once stays fast.</summary>
    public static readonly SearchValues<string> Stems = SearchValues.Create(
        ["onsensus", "ecision", "ecided", "gree", "esolved", "esolution", "vote", "pprove", "ratif", "ccepted", "dopted", "passe", "carrie",
            "erdict", " favo", " yes", "good with", "nanimous"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly (string Label, DecisionKind Kind)[] Labels =
    [
        ("consensus", DecisionKind.Consensus), ("rough consensus", DecisionKind.Consensus), ("agreed", DecisionKind.Consensus),
        ("agreement", DecisionKind.Consensus), ("decision", DecisionKind.Decision), ("decided", DecisionKind.Decision),
        ("resolved", DecisionKind.Decision), ("resolution", DecisionKind.Decision), ("approved", DecisionKind.Approval),
        ("approval", DecisionKind.Approval), ("vote result", DecisionKind.Vote), ("voted", DecisionKind.Vote),
        ("final decision", DecisionKind.Decision), ("verdict", DecisionKind.Decision),
    ];

    private static readonly SearchValues<char> LabelInitials =
        SearchValues.Create([.. Labels.Select(label => label.Label[0]), .. Labels.Select(label => char.ToUpperInvariant(label.Label[0]))]);

    private static readonly (string Phrase, DecisionKind Kind)[] Acts =
    [
        (" voted", DecisionKind.Vote), (" votes to", DecisionKind.Vote), (" votes in favor", DecisionKind.Vote),
        (" unanimously voted", DecisionKind.Vote), (" agreed", DecisionKind.Consensus), (" agree ", DecisionKind.Consensus),
        (" agrees", DecisionKind.Consensus), (" reached consensus", DecisionKind.Consensus), (" have consensus", DecisionKind.Consensus),
        (" decided", DecisionKind.Decision), (" decides", DecisionKind.Decision), (" resolved to", DecisionKind.Decision),
        (" approved", DecisionKind.Approval), (" approves", DecisionKind.Approval), (" ratified", DecisionKind.Approval),
        (" accepted", DecisionKind.Approval), (" adopted", DecisionKind.Approval), (" says yes", DecisionKind.Approval),
        (" said yes", DecisionKind.Approval), (" is good with", DecisionKind.Approval), (" unanimously approved", DecisionKind.Approval),
        (" unanimously agreed", DecisionKind.Consensus), (" has agreed", DecisionKind.Consensus), (" has approved", DecisionKind.Approval),
        (" has decided", DecisionKind.Decision), (" has voted", DecisionKind.Vote), (" all agreed", DecisionKind.Consensus),
    ];

    /// <summary>What tells the fate of a motion wherever it stands in a sentence.</summary>
    private static readonly string[] OutcomePhrases =
    ["all voted in favor", "all voted in favour", "all in favor", "all in favour", "members voted in favor", "members voted in favour",
        "approved unanimously", "unanimously approved", "passed unanimously", "unanimously passed", "motion passed", "motion passes",
        "motion carried", "motion carries", "motion approved", "motion was approved", "motion is approved", "motion was carried",
        "vote passed", "vote passes", "passed without objection", "approved without objection", "approved by acclamation"];

    private static readonly SearchValues<string> Outcomes = SearchValues.Create(OutcomePhrases, StringComparison.OrdinalIgnoreCase);

    /// <summary>What a sentence that tells of a decision has in it: an act, an outcome, or a word that starts one without a subject.</summary>
    private static readonly SearchValues<string> Deeds = SearchValues.Create(
        [.. Acts.Select(act => act.Phrase.TrimEnd()), .. OutcomePhrases, "agreed ", "agreement ", "consensus ", "decided ", "resolved ", "voted "],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>A motion's fate in so few words that only what stands above says which motion.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FatesBySpan = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "approved", "accepted", "agreed", "adopted", "passed", "carried", "passed without objection",
        "passed unanimously", "approved unanimously", "unanimously approved").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly SearchValues<string> NotNow = SearchValues.Create(
        [" already ", "previously", " if ", "not agree", "n't agree", " once ", "need to", "needs to", "to be ", "should ", "could ", "would ",
            "last meeting", "last time", "not yet", "never ", "until "],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What makes talk of a decision of what sounds like one: it is put off, or of another day.</summary>
    private static readonly SearchValues<string> PutOff = SearchValues.Create(
        [" if ", " already ", "previously", "last meeting", "last time", "next time", "not yet", "never "], StringComparison.OrdinalIgnoreCase);

    /// <summary>What says that there is no agreement, or none so far.</summary>
    private static readonly SearchValues<string> Lacking = SearchValues.Create(
        [" not ", "n't ", " no ", " need", " still ", " should ", " could ", " would ", " to be "], StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a line.</summary>
    /// <param name="link">Whether the line starts with a link, as where the thing decided on is a pull request.</param>
    /// <param name="bare">The decision is so short that it needs what stands above it: "Approved".</param>
    public bool TryRead(ReadOnlySpan<char> text, bool link, out ReadOnlySpan<char> decision, out DecisionKind kind, out bool bare)
    {
        decision = default;
        (kind, bare) = (default, false);
        text = text.TrimStart("*_[(-\u2705 ");
        if (TryLabel(text, out decision, out kind))
        {
            return true;
        }

        decision = text;
        if (TryFate(text, link, out kind, out bare))
        {
            return true;
        }

        if (!text.ContainsAny(Deeds))
        {
            return false;
        }

        var spoken = false;
        foreach (var range in new SentenceRanges(text))
        {
            // "Joe: we agreed ..." is what Joe said.
            var sentence = text[range].Trim(" *_-\u2013\u2014");
            var (said, speaker) = (spoken, sentence is [.., ':'] && people.Contains(sentence[..^1]));
            spoken = speaker;
            if (!said && !speaker && (TryAct(sentence, out kind) || TryPassive(sentence, out kind) || TryOutcome(sentence, out kind)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>"Consensus: ...", "DECISION - ...", "[Decision] ...", "Agreed to ...".</summary>
    private static bool TryLabel(ReadOnlySpan<char> text, out ReadOnlySpan<char> decision, out DecisionKind kind)
    {
        if (text.IsEmpty || !LabelInitials.Contains(text[0]))
        {
            decision = default;
            kind = default;
            return false;
        }

        foreach (var (label, labelKind) in Labels)
        {
            if (text.StartsWith(label, StringComparison.OrdinalIgnoreCase))
            {
                var rest = text[label.Length..].TrimStart("*_");
                kind = labelKind;
                if (rest.TrimStart() is [':' or ']', ..] or ['-' or '\u2013' or '\u2014', ' ', ..])
                {
                    decision = rest.TrimStart(" :]*_-\u2013\u2014");
                    return !decision.IsEmpty && decision[^1] != '?';
                }

                if (label == "consensus" && (rest.StartsWith(" to ") || rest.StartsWith(" that ") || rest.StartsWith(" was reached") ||
                    rest.StartsWith(" is ") || rest.StartsWith(" reached")) && text[^1] != '?' && !text.ContainsAny(NotNow) && !IsLacking(rest))
                {
                    decision = text;
                    return true;
                }
            }
        }

        decision = default;
        kind = default;
        return false;
    }

    /// <summary>"Approved", "Motion carried", "Vote passed 5-0", "#12 is accepted", "Positive vote for the process".</summary>
    private static bool TryFate(ReadOnlySpan<char> text, bool link, out DecisionKind kind, out bool bare)
    {
        kind = DecisionKind.Approval;
        var plain = text.TrimEnd(" .!*_)\u2705");
        bare = FatesBySpan.Contains(plain);
        bare |= (plain.StartsWith("approved by ", StringComparison.OrdinalIgnoreCase) ||
            plain.StartsWith("passed by ", StringComparison.OrdinalIgnoreCase) ||
            plain.StartsWith("carried by ", StringComparison.OrdinalIgnoreCase)) && HasWord(plain, "vote");
        if (bare)
        {
            kind = Is(plain, "agreed") ? DecisionKind.Consensus
                : plain.StartsWith("a", StringComparison.OrdinalIgnoreCase) && !HasWord(plain, "vote") ? DecisionKind.Approval
                : DecisionKind.Vote;
            return true;
        }

        if (text.StartsWith("motion", StringComparison.OrdinalIgnoreCase) || text.StartsWith("vote", StringComparison.OrdinalIgnoreCase) ||
            text.StartsWith("the motion", StringComparison.OrdinalIgnoreCase) || text.StartsWith("the vote", StringComparison.OrdinalIgnoreCase) ||
            text.StartsWith("resolution", StringComparison.OrdinalIgnoreCase))
        {
            kind = DecisionKind.Vote;
            return HasWord(text, "passes") || HasWord(text, "passed") || HasWord(text, "carries") || HasWord(text, "carried") ||
                HasWord(text, "approved") || HasWord(text, "unanimous") || HasWord(text, "unanimously") || HasWord(text, "accepted");
        }

        if (text.StartsWith("positive vote", StringComparison.OrdinalIgnoreCase) || text.StartsWith("unanimous", StringComparison.OrdinalIgnoreCase))
        {
            kind = DecisionKind.Vote;
            return text[^1] != '?';
        }

        return link && (text.Contains(" is accepted", StringComparison.Ordinal) || text.Contains(" was accepted", StringComparison.Ordinal) ||
            text.Contains(" is approved", StringComparison.Ordinal) || text.Contains(" was approved", StringComparison.Ordinal));
    }

    /// <summary>"BSC voted to ...", "We agreed ...", "All present agree ...".</summary>
    private static bool TryAct(ReadOnlySpan<char> sentence, out DecisionKind kind)
    {
        kind = default;
        if (sentence.IsEmpty || sentence[^1] == '?' || sentence.ContainsAny(NotNow))
        {
            return false;
        }

        // The subject is the sentence's first words, and the act follows it.
        var end = 0;
        for (var words = 0; words < MostSubjectWords; words++)
        {
            var space = sentence[end..].IndexOf(' ');
            if (space < 0)
            {
                return false;
            }

            end += space;
            if (IsBody(sentence[..end]) && StartsWithAct(sentence[end..], out kind))
            {
                return true;
            }

            end++;
        }

        return false;
    }

    private static bool StartsWithAct(ReadOnlySpan<char> rest, out DecisionKind kind)
    {
        foreach (var (phrase, actKind) in Acts)
        {
            if (rest.StartsWith(phrase, StringComparison.OrdinalIgnoreCase))
            {
                kind = actKind;
                return true;
            }
        }

        kind = default;
        return false;
    }

    /// <summary>"Agreed to ...", "It was decided that ...", "There was agreement to ...".</summary>
    private static bool TryPassive(ReadOnlySpan<char> sentence, out DecisionKind kind)
    {
        foreach (var lead in (ReadOnlySpan<string>)["it was ", "there was ", "there is "])
        {
            sentence = sentence.StartsWith(lead, StringComparison.OrdinalIgnoreCase) ? sentence[lead.Length..] : sentence;
        }

        kind = default;
        var end = sentence.IndexOf(' ');
        if (end < 0)
        {
            return false;
        }

        var word = sentence[..end];
        var state = Is(word, "agreement") || Is(word, "consensus");
        var agrees = state || Is(word, "agreed");
        kind = agrees ? DecisionKind.Consensus : Is(word, "voted") ? DecisionKind.Vote : DecisionKind.Decision;
        sentence = sentence[end..];
        return (agrees || Is(word, "decided") || Is(word, "resolved") || Is(word, "voted")) &&
            (sentence.StartsWith(" to ") || sentence.StartsWith(" that ") || sentence.StartsWith(" on ")) &&
            sentence[^1] != '?' && !sentence.ContainsAny(PutOff) && !(state && IsLacking(sentence));
    }

    /// <summary>"Agreement on the text was not reached", "Consensus to be found"; what was agreed "that no ..." was agreed.</summary>
    private static bool IsLacking(ReadOnlySpan<char> rest) =>
        rest.StartsWith(" to be ") || ((rest.StartsWith(" on ") || rest.StartsWith(" is ")) && rest.ContainsAny(Lacking));

    /// <summary>"Ann moved, Joe seconded, and all voted in favor".</summary>
    private static bool TryOutcome(ReadOnlySpan<char> sentence, out DecisionKind kind)
    {
        kind = DecisionKind.Vote;
        return sentence is [.., not '?'] && sentence.ContainsAny(Outcomes) && !sentence.ContainsAny(NotNow);
    }

    /// <summary>"we", "the committee", "all present", "everyone", or an abbreviation that ends in C for committee or council.</summary>
    private static bool IsBody(ReadOnlySpan<char> subject)
    {
        subject = subject.Trim(" *_");
        if (subject.StartsWith("the ", StringComparison.OrdinalIgnoreCase))
        {
            subject = subject[4..];
        }

        if (subject.Length is >= 2 and <= 5 && subject[^1] == 'C' && !subject.ContainsAnyExceptInRange('A', 'Z'))
        {
            return true;
        }

        foreach (var body in (ReadOnlySpan<string>)["we", "committee", "steering committee", "technical steering committee", "council",
            "steering council", "group", "everyone", "everybody", "all", "all present", "all members", "all members present", "members",
            "members present", "those present", "team", "meeting", "attendees", "participants", "all attendees", "we all"])
        {
            if (Is(subject, body))
            {
                return true;
            }
        }

        return subject.EndsWith(" members", StringComparison.OrdinalIgnoreCase) && subject.IndexOf("C ") is >= 1 and <= 5;
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool HasWord(ReadOnlySpan<char> text, string word)
    {
        var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase);
        return at > 0 && !char.IsLetter(text[at - 1]) && (at + word.Length == text.Length || !char.IsLetter(text[at + word.Length])) &&
            !text[..at].TrimEnd().EndsWith("be", StringComparison.Ordinal) && text[^1] != '?';
    }
}
