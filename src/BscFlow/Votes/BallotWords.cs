using System.Collections.Frozen;
using System.Text;

namespace BscFlow.Votes;

/// <summary>The words that are a ballot, in the languages that members write in.</summary>
/// <remarks>
/// Only words that say nothing else when they stand alone on a line. So no "ok" (it may only say that the mail was read), no
/// "+1 (binding)", and no emoji: a thumb is also pressed for "seen", and fonts and gateways turn it into other things. "tak" is
/// Polish and Ukrainian for yes and Danish for thanks; it counts, and the receipt says as what.
/// </remarks>
internal static class BallotWords
{
    private static readonly FrozenDictionary<string, Vote> Words = Collect(
        (Vote.For,
        [
            "+1", "yes", "yea", "yeah", "yep", "aye", "for", "in favor", "in favour",
            "i approve", "approve", "approved", "i agree", "agree",
            "agreed",
            "ja", "dafür", "ich stimme zu", "zustimmung", "einverstanden",
            "oui", "pour", "d'accord", "je suis pour",
            "sí", "si", "a favor", "de acuerdo", "estoy a favor",
            "sì", "favorevole", "d'accordo",
            "sim", "concordo",
            "voor", "akkoord", "eens",
            "tak", "za", "popieram",
            "да", "за", "согласен", "согласна", "поддерживаю",
            "так", "підтримую", "згоден", "згодна",
            "jo", "jag bifaller", "enig",
            "是", "是的", "同意", "赞成", "贊成", "支持",
            "はい", "賛成", "賛成です", "예", "네", "찬성", "찬성합니다",
            "evet", "ano", "áno", "kyllä", "igen", "ναι", "da", "نعم", "כן", "jah", "đồng ý",
            "pro", "kannatan", "poolt", "mellette", "kabul", "υπέρ", "pentru", "sunt de acord", "jā", "taip", "setuju",
            "tán thành", "موافق", "موافقة", "بله", "موافقم", "בעד", "हाँ", "ใช่", "เห็นด้วย", "bifall", "estic d'acord",
        ]),
        (Vote.Against,
        [
            "-1", "no", "nay", "nope", "against", "i object", "oppose", "opposed",
            "i oppose", "reject", "rejected", "disagree", "i disagree",
            "nein", "dagegen", "ich bin dagegen", "ablehnung", "abgelehnt",
            "non", "contre", "je suis contre",
            "en contra", "estoy en contra",
            "contrario", "contraria", "contro",
            "não", "nao", "contra", "discordo",
            "nee", "tegen", "oneens",
            "nie", "przeciw", "jestem przeciw",
            "нет", "против", "не согласен", "не согласна",
            "ні", "проти", "не згоден", "не згодна",
            "nej", "nei", "emot", "imot", "mot", "imod",
            "否", "不", "不同意", "反对", "反對",
            "いいえ", "反対", "反対です", "아니요", "아니오", "반대", "반대합니다",
            "hayır", "hayir", "ne", "ei", "nem", "όχι", "nu", "لا", "לא", "не", "không",
            "proti", "vastustan", "vastu", "ellene", "κατά", "împotrivă", "protiv", "nē", "tidak", "tidak setuju",
            "phản đối", "معارض", "معارضة", "مخالفم", "נגד", "नहीं", "ไม่", "ไม่เห็นด้วย", "avslag",
        ]),
        (Vote.Abstain,
        [
            "0", "+0", "-0", "abstain", "i abstain", "abstained", "abstaining", "abstention",
            "enthaltung", "ich enthalte mich", "enthalten", "stimmenthaltung",
            "je m'abstiens", "abstient",
            "abstención", "abstencion", "me abstengo",
            "astenuto", "astenuta", "astensione", "mi astengo",
            "abstenção", "abstencao", "abstenho-me", "me abstenho",
            "onthouding", "ik onthoud me", "ik onthoud mij", "blanco",
            "wstrzymuję się", "wstrzymuje sie", "wstrzymany", "wstrzymana",
            "воздерживаюсь", "воздержался", "воздержалась", "утримуюсь", "утримуюся", "утримався", "утрималась", "утрималася",
            "avstår", "jag avstår", "jeg avstår", "avholder", "undlader", "undlader at stemme", "afholder mig",
            "弃权", "棄權", "棄権", "棄権します", "기권", "기권합니다",
            "çekimser", "zdržuji se", "zdržujem sa", "pidättäydyn", "tyhjä",
            "tartózkodom", "tartózkodás", "αποχή", "απέχω", "λευκό",
            "mă abțin", "abținere", "abstenció", "m'abstinc", "suzdržan", "suzdržana", "въздържал се", "въздържала се", "أمتنع",
            "امتناع", "נמנע", "נמנעת",
        ]));

    /// <summary>Words that start an objection on a consensus motion, with the reason after a colon or below.</summary>
    private static readonly FrozenSet<string> Objections = FrozenSet.Create(
        StringComparer.Ordinal,
        "objection", "i object", "object", "block", "veto", "-1", "einspruch",
        "widerspruch", "ich widerspreche", "je m'oppose", "objeción",
        "objecion", "me opongo", "obiezione", "mi oppongo", "objeção", "objecao",
        "oponho-me", "bezwaar", "sprzeciw", "zgłaszam sprzeciw",
        "возражаю", "возражение", "заперечую", "заперечення", "invändning",
        "innvending", "indsigelse", "异议", "反对", "反對", "異議", "異議あり",
        "이의", "itiraz", "námitka", "námietka", "vastalause", "ellenvetés", "ένσταση", "obiecție", "اعتراض", "התנגדות");

    /// <summary>"Yes" and, below it, "But only if ...": a vote with a condition is none.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Conditions = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "but", "if", "only", "provided", "unless", "except", "however", "aber",
        "wenn", "falls", "sofern", "mais", "si", "pero", "sino", "ma",
        "mas", "se", "maar", "mits", "ale", "jeśli", "но", "если", "только",
        "але", "якщо", "тільки", "men", "om", "hvis", "dersom",
        "mutta", "jos", "ama", "fakat", "eğer", "αλλά", "αν", "dar", "dacă")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The vote that a plain line is; null when it is none, or more than one.</summary>
    public static Vote? VoteOf(string plain) => Words.TryGetValue(plain, out var vote) ? vote : null;

    /// <summary>Whether a text starts with "but", "if", "provided".</summary>
    public static bool StartsWithCondition(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimStart();
        var end = trimmed.IndexOfAny(" ,\n\r\t");
        var word = end < 0 ? trimmed : trimmed[..end];
        return Conditions.Contains(word) || word is ['但' or '如' or '若', ..] || word.StartsWith("ただし", StringComparison.Ordinal);
    }

    public static bool IsObjection(string plain) => Objections.Contains(plain);

    private static FrozenDictionary<string, Vote> Collect(params ReadOnlySpan<(Vote Vote, string[] Words)> groups)
    {
        Dictionary<string, Vote> words = new(StringComparer.Ordinal);
        foreach (var (vote, group) in groups)
        {
            foreach (var word in group)
            {
                words.Add(word.Normalize(NormalizationForm.FormKC), vote);
            }
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
