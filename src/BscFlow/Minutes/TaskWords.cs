using System.Buffers;
using System.Collections.Frozen;

namespace BscFlow.Minutes;

/// <summary>The words with which a task begins, and those that look like a name there and are none.</summary>
internal static class TaskWords
{
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" ,.;:\n");

    private const int LongestVerb = 32;

    /// <summary>Words that start a task.</summary>
    private static readonly string[] TaskVerbs =
    [
        "add", "agree", "announce", "approve", "arrange", "ask", "assign", "attend", "book", "bring", "build", "call", "cancel", "change",
        "chase", "check", "circulate", "clarify", "clean", "close", "collect", "come", "confirm", "contact", "continue", "convert",
        "coordinate", "create", "decide", "define", "discuss", "document", "draft", "email", "ensure", "escalate", "explore", "figure",
        "file", "fill", "finalize", "find", "finish", "fix", "follow", "forward", "gather", "get", "give", "go", "have", "identify",
        "implement", "include", "investigate", "invite", "join", "keep", "land", "link", "list", "look", "mail", "make", "meet", "merge",
        "move", "need", "needs", "open", "organize", "organise", "pick", "ping", "plan", "please", "poll", "post", "prepare", "present",
        "propose", "provide", "publish", "push", "put", "raise", "reach", "read", "register", "reply", "report", "request", "research",
        "resolve", "respond", "return", "revert", "review", "revise", "revisit", "rework", "run", "schedule", "see", "send", "set",
        "setup", "share", "sign", "speak", "start", "submit", "summarize", "sync", "take", "talk", "tell", "test", "think", "track", "try",
        "remember", "update", "upload", "use", "verify", "volunteer", "vote", "wait", "work", "write",
    ];

    /// <summary>Further words that begin a task's text with a capital and are no names.</summary>
    private static readonly string[] TopicWords =
    [
        "the", "a", "an", "this", "that", "these", "those", "there", "if", "when", "for", "from", "in", "on", "at", "by", "with", "no",
        "yes", "not", "new", "next", "note", "notes", "proposal", "question", "answer", "related", "example", "status", "link", "links",
        "pr", "issue", "issues", "policy", "working", "safety", "ethics", "conformance", "agents", "agent", "models", "model", "day",
        "summit", "act", "code", "tools", "tooling", "platform", "gateway", "governance", "alliance", "foundation", "strategy",
        "infrastructure", "landscape", "initiative", "sig", "wg", "tag", "ml", "llm", "llms", "genai", "gpt", "rag", "generated",
        "assisted", "native", "engineering", "updates", "item", "items", "is", "are", "was", "and", "or", "topic",
        "deadline", "due", "wip", "eta", "fyi", "todo", "done", "after", "before", "once", "until", "should", "could", "would",
        "we", "it", "they", "he", "she", "you", "i", "discussion",
    ];

    private static readonly FrozenSet<string> Tasks = TaskVerbs.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NoNames =
        TaskVerbs.Concat(TopicWords).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NoVerbs = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "the", "a", "an", "all", "our", "us", "them", "this", "that", "these", "those", "each", "every", "some", "any", "my", "his", "her",
        "their", "your", "its", "it", "me", "you", "him", "everyone", "and", "of", "in");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoNamesBySpan =
        NoNames.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TasksBySpan =
        Tasks.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoVerbsBySpan =
        NoVerbs.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Longest first, so that "is going to" is not left as "going to".</summary>
    private static readonly string[] TaskPhrases =
    [
        " is going to ", " are going to ", " volunteered to ", " volunteers to ", " offered to ", " agreed to ", " agrees to ", " needs to ",
        " need to ", " going to ", " is to ", " are to ", " has to ", " have to ", " plans to ", " to please ", " will ", " shall ",
        " should ", " must ", " can ", " to ", "'ll ", "\u2019ll ",
    ];

    /// <summary>Whether a word is an imperative or such, as it starts a task.</summary>
    public static bool IsVerb(ReadOnlySpan<char> word) => TasksBySpan.Contains(word);

    /// <summary>Whether a text's first word is an imperative or such.</summary>
    public static bool StartsWithVerb(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny(WordEnds);
        return IsVerb(end < 0 ? text : text[..end]);
    }

    /// <summary>"write the policy", but not "use of models", where the first word is no verb.</summary>
    public static bool StartsWithOrder(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny(WordEnds);
        var next = end < 0 ? [] : text[end..].TrimStart();
        return end > 0 && text[end] == ' ' && IsVerb(text[..end]) &&
            !next.StartsWith("of ") && !next.StartsWith("for ") && !next.StartsWith("in ") && !next.StartsWith("case");
    }

    /// <summary>Whether a word is one that names nobody.</summary>
    public static bool IsNoName(ReadOnlySpan<char> word) => NoNamesBySpan.Contains(word);

    /// <summary>Whether a text starts as what somebody does: with a word in small letters that is no article or pronoun.</summary>
    public static bool StartsLikeTask(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        var end = text.IndexOfAny(WordEnds);
        var word = end < 0 ? text : text[..end];
        return !word.IsEmpty && char.IsLower(word[0]) && !NoVerbsBySpan.Contains(word);
    }

    /// <summary>Length of the phrase, " will " or " to " or such, with which a text starts; 0 where there is none.</summary>
    public static int PhraseAt(ReadOnlySpan<char> text)
    {
        foreach (var phrase in TaskPhrases)
        {
            if (StartsWith(text, phrase))
            {
                return phrase.Length;
            }
        }

        return 0;
    }

    /// <summary>Whether an entry of a list says that there is nothing: "None", "TBD", "No action items".</summary>
    public static bool IsNothing(ReadOnlySpan<char> text)
    {
        text = text.Trim(" .*_-()");
        return text.IsEmpty || text.Equals("none", StringComparison.OrdinalIgnoreCase) || text.Equals("n/a", StringComparison.OrdinalIgnoreCase) ||
            text.Equals("nothing", StringComparison.OrdinalIgnoreCase) || text.Equals("tbd", StringComparison.OrdinalIgnoreCase) ||
            text.StartsWith("no action", StringComparison.OrdinalIgnoreCase) || text.StartsWith("none ", StringComparison.OrdinalIgnoreCase) ||
            text.StartsWith("no update", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>"to follow up": an infinitive.</summary>
    public static bool StartsInfinitive(ReadOnlySpan<char> text) => text.StartsWith("to ") && text.Length > 3 && char.IsLower(text[3]);

    /// <summary>"starting ...", "to follow up", "check ...": what a person does.</summary>
    public static bool StartsWithTask(ReadOnlySpan<char> text)
    {
        if (StartsInfinitive(text))
        {
            return true;
        }

        var end = text.IndexOfAny(" ,.:\n");
        var word = end < 0 ? text : text[..end];
        if (word.Length is > 5 and < LongestVerb && word.EndsWith("ing", StringComparison.Ordinal))
        {
            // "AI working group", "AI testing": these make a noun of the abbreviation.
            if (word is "working" or "testing" or "building" or "writing" or "planning" or "reading" or "using" or "thinking" or "meeting" or
                "running" or "researching" or "reporting")
            {
                return false;
            }

            var stem = word[..^3];
            Span<char> longer = stackalloc char[word.Length];
            stem.CopyTo(longer);
            longer[stem.Length] = 'e';
            return IsVerb(stem) || IsVerb(longer[..(stem.Length + 1)]) ||
                (stem[^1] == stem[^2] && IsVerb(stem[..^1]));
        }

        return end > 0 && IsVerb(word);
    }

    /// <summary>Whether a task, rather than the rest of a name, stands at a place.</summary>
    public static bool IsTaskAt(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || at >= text.Length || text[at - 1] is not (' ' or '\n' or '*' or '_'))
        {
            return false;
        }

        var word = text[at..];
        var end = word.IndexOfAny(" ,.:\n");
        word = end < 0 ? word : word[..end];
        return !word.IsEmpty && (char.IsLower(word[0]) || IsVerb(word));
    }

    /// <summary>Whether a text starts with a phrase, whose spaces may be line breaks there.</summary>
    private static bool StartsWith(ReadOnlySpan<char> text, string phrase)
    {
        if (text.Length < phrase.Length)
        {
            return false;
        }

        for (var i = 0; i < phrase.Length; i++)
        {
            if ((text[i] == '\n' ? ' ' : text[i]) != phrase[i])
            {
                return false;
            }
        }

        return true;
    }
}
