using System.Buffers;

namespace BscFlow.Mail;

/// <summary>What gateways and legal departments put around a mail on its way: warnings above it, disclaimers below.</summary>
internal static class GatewayWords
{
    /// <summary>What a warning above a mail from outside says; no sender speaks so of their own mail.</summary>
    public static readonly SearchValues<string> Banners = SearchValues.Create(
        [
            "originated from outside", "originated outside", "sent from outside", "comes from outside", "came from outside",
            "from outside of your organi", "from outside your organi", "from outside the organi",
            "from an external s", "external sender]",
            "external sender:", "external email]", "external email:", "external e-mail:", "don't often get email",
            "don’t often get email", "von außerhalb", "externen absender",
            "externe e-mail:", "externe mail:", "nicht oft e-mails von", "expéditeur externe",
            "provient de l'extérieur", "provient d'un",
            "remitente externo", "fuera de la organización", "mittente esterno", "remetente externo", "externe afzender",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What the other sentences of such a warning speak of.</summary>
    public static readonly SearchValues<string> Warnings = SearchValues.Create(
        [
            "click", "attachment", "links", "recognize", "recognise", "phish", "suspicious", "content is safe", "verify",
            "know the sender", "trust", "aka.ms/", "learn why", "be careful",
            "be cautious", "with caution", "help desk", "helpdesk",
            "klicken", "anhänge", "absender", "verdächtig", "pièces jointes",
            "cliquez", "expéditeur", "liens", "adjuntos", "enlaces",
            "remitente", "allegati", "mittente", "anexos", "bijlagen", "afzender",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Outlook's warning ends in a link, which as text is no end of a sentence.</summary>
    public const string LearnMore = "learn why this is important";

    private static readonly string[] BannerOpenings =
    [
        "caution", "external", "warning", "attention", "be careful", "this message",
        "this email", "this e-mail", "you don't often",
        "you don’t often", "some people who received", "achtung", "vorsicht",
        "warnung", "extern", "sie erhalten nicht", "diese e-mail",
        "mise en garde", "avertissement", "ce message", "precaución", "atención", "attenzione", "atenção", "let op",
    ];

    /// <summary>Whether a paragraph starts as a warning does, brackets and stars passed over.</summary>
    public static bool OpensBanner(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("[(*_!\u26A0\uFE0F \u00A0");
        foreach (var opening in BannerOpenings)
        {
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a line is nothing but the title of a legal department's footer.</summary>
    public static bool IsFooterTitle(ReadOnlySpan<char> line)
    {
        line = line.TrimEnd(": ");
        return line.Length < 24 && (line.Equals("disclaimer", StringComparison.OrdinalIgnoreCase) ||
            line.Equals("legal notice", StringComparison.OrdinalIgnoreCase) ||
            line.Equals("confidentiality notice", StringComparison.OrdinalIgnoreCase));
    }
}
