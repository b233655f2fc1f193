using System.Numerics;
using System.Text.RegularExpressions;

namespace BscFlow.Actions;

/// <summary>What a task is about, freed of how it is put: the ground on which two wordings are held to be one task.</summary>
/// <remarks>
/// Words count by what they tell: "reach out to the IETF" and "reach out to the marketing team" share only what every task
/// says. Numbers, months and addresses tell most of all: PR 12 is not PR 15, however alike the rest.
/// </remarks>
internal sealed partial class ActionWording
{
    /// <summary>Of a word that says what kind of task it is rather than which.</summary>
    private const double GenericWeight = 0.3;

    private const int LongestOnStack = 128;

    /// <summary>Sums of the same weights in another order differ by less.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Stems and addresses, in the order of their characters.</summary>
    private readonly string[] _words;

    /// <summary>Those of them that are numbers, months or addresses.</summary>
    private readonly string[] _marks;

    private readonly double _total;
    private readonly ulong _print;

    /// <remarks>
    /// Left out are the words of a deadline, as one that moved leaves the task what it was, and where the statement looks back
    /// the day on which something came of it.
    /// </remarks>
    public ActionWording(ActionMention mention)
    {
        var text = mention.Text;
        if (mention.Due is { } due)
        {
            text = text.Replace(due.Phrase, " ", StringComparison.Ordinal);
        }

        if (mention.Carried || mention.Done)
        {
            text = Days().Replace(text, " ");
        }

        List<string> words = [];
        List<string> marks = [];
        foreach (var token in Tokens().EnumerateMatches(text))
        {
            Add(text.AsSpan(token.Index, token.Length), words, marks);
        }

        (_words, _marks) = (InOrder(words), InOrder(marks));
        _total = _words.Sum(WeightOf);
        _print = PrintOf(_words);
        IsThin = !_words.Any(Tells);
    }

    /// <summary>Whether it says nothing that would tell it from other tasks: "follow up", "review".</summary>
    public bool IsThin { get; }

    /// <summary>Whether it has a word that the other has not.</summary>
    public bool Adds(ActionWording other) => _words.Any(word => !other.Has(word));

    /// <summary>Whether this tells all that the other does, and maybe more.</summary>
    public bool Covers(ActionWording other) =>
        other._words.All(word => Has(word) || !Tells(word)) && other._marks.All(IsMarkedBy);

    /// <summary>
    /// 0 for two tasks, 1 for the same words. The mean of how much of the shorter wording the longer one repeats, and of how
    /// much of both together they share: a reworded item mostly grew or shrank.
    /// </summary>
    /// <param name="needed">What is less is 0.</param>
    public double Likeness(ActionWording other, double needed)
    {
        if (_marks.Length > 0 && other._marks.Length > 0 && !_marks.Any(other.IsMarkedBy))
        {
            return 0;
        }

        if (_total == 0 || other._total == 0)
        {
            return _total == other._total ? 1 : 0;
        }

        // Mostly they share too little, and the two prints tell: what is in the one and not in the other is no shared word.
        var most = Math.Min(
            _total - BitOperations.PopCount(_print & ~other._print), other._total - BitOperations.PopCount(other._print & ~_print));
        if (Likeness(most, other) < needed - Rounding)
        {
            return 0;
        }

        var (shared, telling) = (0.0, false);
        for (int i = 0, k = 0; i < _words.Length && k < other._words.Length;)
        {
            var order = string.CompareOrdinal(_words[i], other._words[k]);
            if (order == 0)
            {
                shared += WeightOf(_words[i]);
                telling |= Tells(_words[i]);
            }

            i += order <= 0 ? 1 : 0;
            k += order >= 0 ? 1 : 0;
        }

        var likeness = telling || (IsThin && other.IsThin) ? Likeness(shared, other) : 0;
        return likeness >= needed ? likeness : 0;
    }

    private double Likeness(double shared, ActionWording other) =>
        ((shared / Math.Min(_total, other._total)) + (2 * shared / (_total + other._total))) / 2;

    /// <summary>A bit for each word that tells; two words may have the same.</summary>
    private static ulong PrintOf(string[] words)
    {
        var print = 0UL;
        foreach (var word in words)
        {
            print |= Tells(word) ? 1UL << (word.GetHashCode(StringComparison.Ordinal) & 63) : 0;
        }

        return print;
    }

    private static void Add(ReadOnlySpan<char> token, List<string> words, List<string> marks)
    {
        var small = token.Length <= LongestOnStack ? stackalloc char[token.Length] : new char[token.Length];
        token.ToLowerInvariant(small);
        ReadOnlySpan<char> word = small;
        if (word.StartsWith("http", StringComparison.Ordinal) && word.Contains("://", StringComparison.Ordinal))
        {
            var address = word.TrimEnd("/.,)").ToString();
            words.Add(address);
            marks.Add(address);
        }
        else if (!Fillers.Contains(word))
        {
            var stem = Stem(word).ToString();
            words.Add(stem);
            if (char.IsAsciiDigit(word[^1]) || char.IsAsciiDigit(word[0]) || Months.Contains(word))
            {
                marks.Add(stem);
            }
        }
    }

    private static string[] InOrder(List<string> words)
    {
        words.Sort(StringComparer.Ordinal);
        var distinct = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (distinct == 0 || words[i] != words[distinct - 1])
            {
                words[distinct++] = words[i];
            }
        }

        words.RemoveRange(distinct, words.Count - distinct);
        return [.. words];
    }

    private bool Has(string word) => Array.BinarySearch(_words, word, StringComparer.Ordinal) >= 0;

    private bool IsMarkedBy(string mark) => Array.BinarySearch(_marks, mark, StringComparer.Ordinal) >= 0;

    /// <summary>Whether a word says which task it is, rather than what kind.</summary>
    private static bool Tells(string word) => !GenericStems.Contains(word);

    private static double WeightOf(string word) => Tells(word) ? 1 : GenericWeight;

    /// <summary>Cuts what a word changes by when a sentence is put otherwise: reviewing, reviewed, reviews.</summary>
    private static ReadOnlySpan<char> Stem(ReadOnlySpan<char> word)
    {
        foreach (var ending in Endings)
        {
            if (word.Length >= ending.Length + 3 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return ending is "s" && word[^2] is 's' or 'u' or 'i' ? word : word[..^ending.Length];
            }
        }

        return word;
    }

    private static readonly string[] Endings =
        ["'s", "’s", "ations", "ation", "ings", "ing", "ions", "ion", "ies", "es", "ed", "s", "e", "y"];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Fillers = Words(
        """
        a about again all also an and any are as at be been both but by can could for from get getting had has have he her him
        his how i if in into is it its may me more much my need needs next of off on one or our out over please plus she
        should so some still that the their them then there these they this those to up us via was we were what when where
        whether which who will with would you your done previous previously carried carry ongoing pending ai action item todo
        """).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Months =
        Words("january february march april june july august september october november december").GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly HashSet<string> GenericStems = [.. Words(
        """
        add announce arrange ask bring call check circulate collect comment community confirm contact continue coordinate
        create discuss discussion doc document draft email event feedback figure file find finish folks follow give group help
        idea improve info information input invite investigate issue list look mail make meet meeting member note open
        organize organise page people ping plan post prepare present project propose proposal provide publish pull put reach
        read report request reply respond response review schedule send set share speak start status submit suggest sync take
        talk team tell text try update use website work write
        """).Select(word => Stem(word).ToString())];

    private static HashSet<string> Words(string words) =>
        [.. words.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(
        @"\b(?:\d{1,2} (?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\p{L}*|\d{4}-\d\d-\d\d)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Days();

    [GeneratedRegex(@"https?://[^\s<>()\[\]]+|[\p{L}\p{N}]+(?:[.@'’][\p{L}\p{N}]+)*", RegexOptions.IgnoreCase)]
    private static partial Regex Tokens();
}
