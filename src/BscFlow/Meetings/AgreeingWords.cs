using System.Text.RegularExpressions;

namespace BscFlow.Meetings;

/// <summary>Words under minutes that only agree.</summary>
internal static partial class AgreeingWords
{
    /// <param name="name">Of the sender, who may have signed with it.</param>
    public static bool Are(string written, string name)
    {
        var lines = written.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.Length > 0
            && Agreement.IsMatch(lines[0])
            && lines
                .Skip(1)
                .All(line => Greeting.IsMatch(line)
                    || name.Contains(line.Trim(',', '-', ' '), StringComparison.OrdinalIgnoreCase));
    }

    // Whatever is not among them holds the minutes back: a word that says more than yes does not belong here.
    private const string English =
        @"\+1|yes|ok(?:ay)?|lgtm|agreed?|i agree|looks? good(?: to me)?|sounds good|all good|good|fine(?: with me)?|great|perfect"
        + "|no objections?|approved?|thanks?(?: you)?(?: very much| a lot)?|thank you";

    private const string Others =
        "ja|einverstanden|in ordnung|alles (?:gut|klar)|passt(?: so| für mich)?|keine einwände"
        + "|danke(?: dir| euch| schön)?|vielen dank"
        + "|oui|d['’]accord|je suis d['’]accord|ça me va|c['’]est bon|parfait|aucune objection|rien à ajouter"
        + "|merci(?: beaucoup| à tous)?"
        + "|s[ií]|de acuerdo|estoy de acuerdo|vale|perfecto|sin objeciones|(?:muchas )?gracias"
        + "|sim|de acordo|concordo|tudo certo|perfeito|sem objeções|(?:muito )?obrigad[oa]"
        + "|sì|d['’]accordo|sono d['’]accordo|va bene|perfetto|nessuna obiezione|grazie(?: mille)?"
        + "|akkoord|prima|geen bezwaar|dank je(?: wel)?|bedankt|zgoda|zgadzam się|bez uwag|dzięki|dziękuję";

    private const string Thanks = "danke|merci|gracias|grazie|obrigad[oa]|bedankt|dzięki";

    private const string Regards =
        "thanks?(?: you)?|thank you|cheers|best(?: regards)?|(?:kind )?regards"
        + "|danke|[vlm]g|mfg|(?:viele|liebe|beste|schöne)? ?grüße|gruß|mit freundlichen grüßen"
        + "|merci|cordialement|bien (?:cordialement|à vous)|amicalement"
        + "|gracias|(?:un )?saludos?|obrigad[oa]|(?:um )?abraço|cumprimentos|grazie"
        + "|(?:cordiali )?saluti|groet(?:en|jes)?|pozdrawiam|dzięki";

    [GeneratedRegex(
        $@"^(?:{English}|{Others})(?:[,.!]*\s*(?:thanks?(?: you)?|thank you|{Thanks}|all|everyone|from me|here))*[\s.!]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Agreement { get; }

    [GeneratedRegex($@"^(?:{Regards})[\s,.!]*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greeting { get; }
}
