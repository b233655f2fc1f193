using System.Buffers;
using System.Collections.Frozen;

namespace BscFlow.Mail;

/// <summary>A field of the header block that a client puts above a quoted or forwarded mail.</summary>
internal enum HeaderField : byte
{
    From,
    Date,
    To,
    Copy,
    Subject,
    Other,
}

/// <summary>
/// The words that mail clients write around a reply, as met in their translations. Everything else about a reply is read from
/// its shape, so that a language that is not listed here still works where its client marks quotes.
/// </summary>
internal static class ReplyLanguages
{
    /// <summary>"wrote", as clients put it at the end of an attribution or between its date and its name.</summary>
    private static readonly string[] WroteWords =
    [
        "wrote", "writes", "said", "says", "sent",                                  // English
        "schrieb", "geschrieben", "schrieben Sie", "schreibt",                      // German
        "schreef", "geschreven", "schrijft",                                        // Dutch
        "a écrit", "écrivait", "écrit", "nous a dit", "a ecrit",                    // French
        "escribió", "escribio", "ha escrito", "escriu", "va escriure", "ha escrit", // Spanish, Catalan
        "escreveu", "escribiu",                                                     // Portuguese, Galician
        "ha scritto", "scrisse", "scrive",                                          // Italian
        "a scris",                                                                  // Romanian
        "skrev", "skrifaði",                                                        // Swedish, Norwegian, Danish, Icelandic
        "kirjoitti", "kirjutas",                                                    // Finnish, Estonian
        "napisał(a)", "napisał", "napisała", "pisze",                               // Polish
        "napsal(a)", "napsal", "napsala", "napísal(a)", "napísal", "napísala",      // Czech, Slovak
        "je napisao", "je napisala", "napisao je", "je napisao/la", "napisao/la je", "je napisal/a", "je napisal",
        "rašė", "rakstīja",                                                         // Lithuanian, Latvian
        "написал(а)", "написал", "написала", "пишет", "писал(а)", "писал",          // Russian
        "написав(ла)", "написав", "написала", "пише", "писав",                      // Ukrainian
        "написа", "је написао/ла", "је написао", "напісаў",                         // Bulgarian, Serbian, Belarusian
        "ezt írta", "írta",                                                         // Hungarian
        "şunu yazdı", "yazdı",                                                      // Turkish
        "έγραψε", "έγραψαν",                                                        // Greek
        "כתב/ה", "כתבה", "כתב", "מאת", "كتب", "كتبت", "نوشت",                       // Hebrew, Arabic, Persian
        "đã viết", "viết", "menulis", "เขียนว่า", "ने लिखा",                           // Vietnamese, Indonesian, Thai, Hindi
        "写道", "寫道", "写到", "のメール", "さんは書きました", "は書きました", "書きました", "님이 작성", "작성",
    ];

    /// <summary>Finds any of the "wrote" words; a match may lie inside a longer word.</summary>
    public static readonly SearchValues<string> Wrote = SearchValues.Create(WroteWords, StringComparison.OrdinalIgnoreCase);

    private static readonly Phrases WroteFirst = Phrases.ByFirstLetter(WroteWords);

    private static readonly Phrases WroteLast = Phrases.ByLastLetter(WroteWords);

    /// <summary>Length of the "wrote" word with which the text ends, 0 when it ends with none.</summary>
    public static int WroteAtEnd(ReadOnlySpan<char> text)
    {
        foreach (var word in WroteLast.EndingAs(text))
        {
            if (text.EndsWith(word, StringComparison.OrdinalIgnoreCase)
                && (text.Length == word.Length || IsCjk(word[0]) || !char.IsLetter(text[^(word.Length + 1)])))
            {
                return word.Length;
            }
        }

        return 0;
    }

    /// <summary>Length of the longest "wrote" word with which the text starts, 0 when it starts with none.</summary>
    public static int WroteAtStart(ReadOnlySpan<char> text)
    {
        var longest = 0;
        foreach (var word in WroteFirst.StartingAs(text))
        {
            if (word.Length > longest
                && text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
                && (text.Length == word.Length || IsCjk(word[^1]) || !char.IsLetter(text[word.Length])))
            {
                longest = word.Length;
            }
        }

        return longest;
    }

    /// <summary>Scripts that put no spaces between words.</summary>
    private static bool IsCjk(char c) =>
        c is (>= '\u0E00' and <= '\u0E7F') or (>= '\u3040' and <= '\u30FF')
            or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF');

    /// <summary>First words of an attribution that starts with its date; in their case, since they are common words.</summary>
    public static readonly SearchValues<string> Openings = SearchValues.Create(
        ["On ", "Am ", "Le ", "Op ", "Il ", "El ", "Em ", "Den ", "På ", "Dnia ", "W dniu ", "Dne ", "Στις "],
        StringComparison.Ordinal);

    /// <summary>First words of an attribution without a date: "Quoting Joe &lt;joe@example.org&gt;:".</summary>
    public static readonly string[] Quoting =
        ["Quoting ", "Zitat von ", "Citando ", "Citato ", "Citeren ", "Цитирование "];

    /// <summary>Titles that stand between dashes, or alone before a colon, above a forwarded or quoted mail.</summary>
    public static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Titles = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Original Message", "Original E-mail", "Original Appointment", "Forwarded Message", "Forwarded by", "Forwarded mail",
        "Forwarded Email", "Reply Message", "Begin forwarded message", "Start of forwarded message", "Message from",
        "Ursprüngliche Nachricht", "Originalnachricht", "Original-Nachricht", "Originale Nachricht", "Weitergeleitete Nachricht",
        "Anfang der weitergeleiteten Nachricht", "Anfang der weitergeleiteten E-Mail",
        "Antwort Nachricht", "Ursprünglicher Termin",
        "Message d'origine", "Message d’origine", "Message original", "Message transféré", "Message transmis", "Message initial",
        "Courriel original", "Début du message transféré", "Début du message réexpédié", "Message réexpédié", "E-mail d’origine",
        "Mensaje original", "Mensaje reenviado", "Inicio del mensaje reenviado", "Mensaje enviado", "Missatge original",
        "Missatge reenviat", "Mensagem original", "Mensagem encaminhada", "Mensagem reencaminhada",
        "Início da mensagem reencaminhada", "Início da mensagem encaminhada", "Messaggio originale", "Messaggio inoltrato",
        "Inizio messaggio inoltrato", "Inizio del messaggio inoltrato", "Oorspronkelijk bericht", "Origineel bericht",
        "Doorgestuurd bericht", "Begin doorgestuurd bericht", "Ursprungligt meddelande", "Originalmeddelande",
        "Vidarebefordrat meddelande", "Vidarebefordrat mail", "Vidarebefordrat brev", "Opprinnelig melding", "Opprinnelig e-post",
        "Original melding", "Videresendt melding", "Videresendt e-post", "Start på videresendt melding", "Oprindelig meddelelse",
        "Oprindelig besked", "Original meddelelse", "Videresendt meddelelse", "Videresendt besked", "Start på videresendt besked",
        "Alkuperäinen viesti", "Edelleenlähetetty viesti", "Välitetty viesti", "Välitetty viesti alkaa",
        "Wiadomość oryginalna", "Oryginalna wiadomość", "Wiadomość przekazana", "Przekazana wiadomość", "Wiadomość pierwotna",
        "Treść przekazanej wiadomości", "Původní zpráva", "Původní e-mail", "Přeposlaná zpráva", "Předaná zpráva",
        "Začátek přeposílané zprávy", "Pôvodná správa", "Preposlaná správa", "Originalna poruka", "Izvorna poruka",
        "Proslijeđena poruka", "Prosleđena poruka", "Izvirno sporočilo", "Posredovano sporočilo", "Mesajul original",
        "Mesaj original", "Mesaj redirecționat", "Mesaj redirectionat", "Eredeti üzenet", "Továbbított üzenet",
        "Továbbított levél", "Исходное сообщение", "Оригинальное сообщение", "Исходное письмо", "Пересылаемое сообщение",
        "Переадресованное сообщение", "Пересланное сообщение", "Начало переадресованного сообщения",
        "Начало пересылаемого сообщения", "Конец пересылаемого сообщения", "Вихідне повідомлення", "Оригінальне повідомлення",
        "Початкове повідомлення", "Переслане повідомлення", "Пересилається повідомлення", "Оригинално съобщение",
        "Препратено съобщение", "Αρχικό μήνυμα", "Προωθημένο μήνυμα", "Αρχή προωθημένου μηνύματος", "Orijinal İleti",
        "Orijinal mesaj", "Özgün İleti", "Yönlendirilen ileti", "İletilen mesaj", "Forwarded İleti", "İleti başlangıcı",
        "الرسالة الأصلية", "رسالة مُعاد توجيهها", "رسالة معاد توجيهها", "הודעה מקורית", "הודעה שהועברה", "ההודעה המקורית",
        "پیام اصلی", "Thư gốc", "Tin nhắn gốc", "Tin nhắn được chuyển tiếp", "Pesan asli", "Pesan terusan", "ข้อความต้นฉบับ",
        "原始邮件", "原邮件", "原始邮件信息", "转发的邮件", "转发邮件信息", "回复的原邮件", "原始郵件", "原始訊息", "轉寄的郵件",
        "轉寄郵件", "元のメッセージ", "転送メッセージ", "転送されたメッセージ", "元のメール", "Original メッセージ", "원본 메시지",
        "원본 메일", "전달된 메시지", "전달된 메일", "Original Mail", "Mensagem Original do remetente")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Names of the fields of a header block, without colon.</summary>
    public static readonly FrozenDictionary<string, HeaderField>.AlternateLookup<ReadOnlySpan<char>> Headers = Fields(
        (HeaderField.From,
        [
            "From", "Von", "De", "De la", "Da", "Van", "Fra", "Från", "Lähettäjä",
            "Od", "От", "От кого", "Від", "Від кого", "Feladó",
            "Kimden", "Gönderen", "Από", "מאת", "من", "از", "Expéditeur", "Remitente",
            "Remetente", "Mittente", "Afzender", "Avsändare",
            "Avsender", "Nadawca", "Odesílatel", "Odosielateľ", "Pošiljatelj",
            "Pošiljalac", "Отправитель", "Відправник", "Подател",
            "Saatja", "Nuo", "No", "Từ", "Dari", "จาก", "发件人", "發件人", "寄件者", "寄件人", "差出人", "送信者", "보낸 사람", "보낸사람",
            "Absender", "Nga", "Frá", "Expediteur",
        ]),
        (HeaderField.Date,
        [
            "Date", "Sent", "Sent at", "Sent on", "Gesendet", "Gesendet am",
            "Datum", "Envoyé", "Envoyé le", "Enviado", "Enviado el",
            "Enviado em", "Enviada", "Enviada em", "Enviado a las", "Fecha", "Data", "Data e ora", "Inviato", "Verzonden",
            "Verzonden op", "Sendt", "Dato", "Skickat", "Datum och tid", "Lähetetty", "Päivämäärä", "Päiväys", "Pvm", "Wysłano",
            "Wysłane", "Odesláno", "Odoslané", "Dátum", "Poslano", "Poslato", "Trimis", "Elküldve", "Küldve", "Gönderildi",
            "Gönderme Tarihi", "Gönderim Tarihi", "Tarih", "Στάλθηκε", "Ημερομηνία",
            "Отправлено", "Дата", "Дата отправки", "Надіслано",
            "Відправлено", "Изпратено", "Изпратена", "נשלח", "תאריך", "بتاريخ", "تاريخ الإرسال", "التاريخ", "تم الإرسال", "ارسال",
            "Saadetud", "Kuupäev", "Išsiųsta", "Nosūtīts", "Đã gửi", "Ngày", "Gửi", "Dikirim", "Tanggal", "ส่ง", "วันที่", "发送时间",
            "发送日期", "時間", "日期", "傳送日期", "寄件日期", "送信日時", "日時", "日付", "보낸 날짜", "날짜", "Received", "Empfangen",
            "Le", "Message du", "Sendt dato", "Posláno", "Data di invio", "Received on",
        ]),
        (HeaderField.To,
        [
            "To", "An", "À", "A", "Pour", "Para", "Aan", "Til", "Till", "Vastaanottaja",
            "Do", "Komu", "Pro", "Кому", "Címzett", "Kime",
            "Alıcı", "Προς", "אל", "إلى", "به", "Destinataire", "Destinataires", "Destinatario", "Destinatário", "Către", "Catre",
            "Adresát", "До", "Получатель", "Одержувач", "Do kogo", "Saaja", "Kam", "Kepada", "Đến", "Tới", "ถึง", "收件人", "收件者",
            "宛先", "받는 사람", "받는사람", "Za", "Prima", "Primatelj", "Adressat", "Empfänger", "Mottaker", "Modtager", "Mottagare",
            "Till", "Destinataire(s)", "Kenelle", "Ricevente", "A quien",
        ]),
        (HeaderField.Copy,
        [
            "Cc", "Bcc", "Kopie", "Kopia", "Kopi", "Copie", "Copie à", "Copia",
            "CC", "Kopio", "Kopija", "DW", "UDW", "Копия", "Копія",
            "Másolatot kap", "Másolat", "Bilgi", "Κοιν.", "Κοινοποίηση", "עותק", "نسخة", "抄送", "副本", "參照", "참조", "Cci",
        ]),
        (HeaderField.Subject,
        [
            "Subject", "Betreff", "Objet", "Sujet", "Asunto", "Assunto", "Oggetto", "Onderwerp", "Emne", "Ämne", "Aihe", "Temat",
            "Předmět", "Predmet", "Tema", "Тема", "Относно", "Предмет", "Tárgy",
            "Konu", "Θέμα", "נושא", "الموضوع", "موضوع", "Subiect",
            "Teema", "Tēma", "Chủ đề", "Tiêu đề", "Subjek", "Perihal", "เรื่อง", "หัวเรื่อง", "主题", "主旨", "主題", "件名", "제목",
            "Assumpte", "Naslov", "Zadeva", "Efni",
        ]),
        (HeaderField.Other,
        [
            "Reply-To", "Reply To", "Répondre à", "Antwort an", "Responder a", "Risposta", "Rispondi a", "Beantwoorden - Aan",
            "Antwoord aan", "Svar til", "Svara till", "Ответить", "Importance",
            "Wichtigkeit", "Prioritet", "Priority", "Priorität",
            "Attachments", "Attachment", "Anlagen", "Pièces jointes", "Allegati",
            "Adjuntos", "Anexos", "Bijlagen", "Vedlegg", "Bilagor",
            "Message-ID", "Organization", "Odpowiedz do", "Odpověď", "返信先", "回复", "答复",
        ]));

    /// <summary>What a phone or app writes under a mail, from its first word on.</summary>
    public static readonly Phrases SentFrom = Phrases.ByFirstLetter(
        "Sent from", "Sent via", "Sent with", "Sent by", "Sent using", "Sent on the go",
        "Sent with", "Get Outlook for", "Get [Outlook for",
        "Get the Outlook app", "Get Yahoo Mail", "Get BlueMail for", "From my ", "Gesendet von", "Gesendet mit", "Gesendet aus",
        "Gesendet über", "Von meinem ", "Von meiner ", "Vom iPhone gesendet", "Diese Nachricht wurde von mein",
        "Diese Nachricht wurde mit", "Holen Sie sich Outlook", "Laden Sie Outlook", "Hol dir Outlook", "Outlook für ",
        "Envoyé de mon", "Envoyé de Outlook", "Envoyé depuis", "Envoyé à partir de", "Envoyé avec", "Envoyé via", "Envoyé d'",
        "Envoyé d’", "Télécharger Outlook pour", "Obtenez Outlook pour", "Obtenir Outlook pour", "Obtenir Outlook",
        "Enviado desde", "Enviado con", "Enviado a través de", "Enviado via",
        "Enviado vía", "Enviado do meu", "Enviado do", "Enviado de",
        "Enviado a partir", "Enviado pelo", "Enviado através", "Obtener Outlook para",
        "Descargar Outlook para", "Obtenga Outlook",
        "Obter o Outlook para", "Obtenha o Outlook", "Baixar o Outlook",
        "Inviato da", "Inviato dal", "Inviato con", "Inviato tramite",
        "Scarica Outlook per", "Ottieni Outlook per", "Verzonden met", "Verzonden vanaf", "Verzonden via", "Verstuurd vanaf",
        "Verstuurd met", "Verstuurd via", "Outlook voor ", "Download Outlook voor", "Skickat från", "Skickat med", "Från min ",
        "Hämta Outlook för", "Skaffa Outlook för", "Sendt fra", "Sendt med", "Sendt via", "Hent Outlook", "Få Outlook for",
        "Skaff deg Outlook", "Lähetetty ", "Hanki Outlook", "Lataa Outlook", "Sent från", "Wysłane z", "Wysłano z", "Wysłano za",
        "Wysłane przy", "Pobierz program Outlook", "Pobierz aplikację Outlook", "Odesláno z", "Odesláno ze", "Odoslané z",
        "Získejte Outlook", "Získať Outlook", "Poslano s", "Poslano z", "Poslato s",
        "Poslano iz", "Preuzmite Outlook", "Trimis de pe",
        "Trimis din", "Trimis cu", "Descărcați Outlook", "Obțineți Outlook",
        "Elküldve", "Az Outlook", "Отправлено с", "Отправлено из",
        "Отправлено через", "Отправлено от", "Получить Outlook", "Скачать Outlook",
        "Надіслано з", "Надіслано із", "Надіслано через",
        "Відправлено з", "Отримати Outlook", "Завантажити Outlook", "Изпратено от",
        "Изтеглете Outlook", "Στάλθηκε από", "Εστάλη από",
        "Λήψη του Outlook", "Αποκτήστε το Outlook", "Saadetud minu", "Išsiųsta iš",
        "Nosūtīts no", "נשלח מ", "קבל את Outlook", "أرسلت من",
        "أُرسلت من", "أرسل من", "تم الإرسال من", "مرسل من", "الحصول على Outlook",
        "Được gửi từ", "Đã gửi từ", "Gửi từ", "Dikirim dari",
        "ส่งจาก", "发自我的", "发自", "從我的", "从我的", "發自我的", "傳送自", "获取 Outlook", "取得 Outlook", "下載適用於", "나의 iPhone에서",
        "내 iPhone에서", "Outlook에서 보냄", "Iegūt Outlook", "iOS 版 Outlook", "Iphone-omról", "Sendt frå");

    /// <summary>The same, by its last word.</summary>
    public static readonly Phrases SentFromEndings = Phrases.ByLastLetter(
        " gesendet", " from mobile", "から送信", "から送信されました", "で送信", "에서 보냄", "에서 보낸 메일", " gönderildi", " küldve", " 发送",
        " 傳送", " 發送");

    /// <summary>With these words a phone's line goes on after a comma; with others it is somebody's sentence.</summary>
    public static readonly SearchValues<string> Apologies = SearchValues.Create(
        [
            "excuse", "typo", "brevity", "brief", "sorry", "apolog", "pardon",
            "forgive", "misspell", "mistake", "thumbs", "autocorrect",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What the footer of a list, a tracker or a legal department says under its rule.</summary>
    public static readonly SearchValues<string> Footers = SearchValues.Create(
        [
            "mailing list", "unsubscribe", "listinfo", "subscribed to", "list archive",
            "google groups", "groups.io", "confidential",
            "intended recipient", "view it on", "reply to this email", "reply directly", "vertraulich", "abmelden", "désabonner",
            "confidentiel", "darse de baja", "cancelar a inscrição", "disiscriver",
            "riservat", "afmelden", "vertrouwelijk", "отписаться",
            "virus", "avast", "disclaimer", "mail.python.org", "lists.",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static FrozenDictionary<string, HeaderField>.AlternateLookup<ReadOnlySpan<char>> Fields(
        params ReadOnlySpan<(HeaderField Field, string[] Names)> groups)
    {
        Dictionary<string, HeaderField> fields = new(StringComparer.OrdinalIgnoreCase);
        foreach ((HeaderField field, var names) in groups)
        {
            foreach (var name in names)
            {
                fields.TryAdd(name, field);
            }
        }

        return fields.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}

/// <summary>Phrases filed under one of their letters, so that a line is compared with the few that it can match.</summary>
internal sealed class Phrases
{
    private readonly FrozenDictionary<char, string[]> _byLetter;

    private Phrases(ReadOnlySpan<string> phrases, Func<string, char> letter) =>
        _byLetter = phrases.ToArray()
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .GroupBy(phrase => char.ToLowerInvariant(letter(phrase)))
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    public static Phrases ByFirstLetter(params ReadOnlySpan<string> phrases) => new(phrases, phrase => phrase[0]);

    public static Phrases ByLastLetter(params ReadOnlySpan<string> phrases) => new(phrases, phrase => phrase[^1]);

    /// <summary>Those filed by first letter that share it with the text.</summary>
    public string[] StartingAs(ReadOnlySpan<char> text) => text.IsEmpty ? [] : Under(text[0]);

    /// <summary>Those filed by last letter that share it with the text.</summary>
    public string[] EndingAs(ReadOnlySpan<char> text) => text.IsEmpty ? [] : Under(text[^1]);

    private string[] Under(char letter) =>
        _byLetter.TryGetValue(char.ToLowerInvariant(letter), out var phrases) ? phrases : [];
}
