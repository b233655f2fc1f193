namespace BscFlow.Mail;

/// <summary>
/// What one room does because of a mail. Of each mail the rooms are asked in their turn; the first that knows it as its own has
/// it. Asked again after a crash it does nothing twice: it knows the mail by its id.
/// </summary>
/// <param name="row">The mail as it goes on record so far: taken for nothing.</param>
/// <param name="route">Whose mail it is, and what it answers.</param>
/// <returns>The row with what the mail was taken for, and what became of it; null when it is another room's.</returns>
public delegate Task<CollectedMail?> MailDeed(
    CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken);

/// <summary>The token in a mail, of which this room knows only that it makes the mail some committee's.</summary>
/// <returns>
/// Null for a mail that carries none; otherwise what asks for the id of the committee, which is null where nobody knows it.
/// </returns>
public delegate Func<CancellationToken, Task<string?>>? TokenFinder(IncomingMail mail);

/// <summary>Whether a mail that no person wrote may show what is kept secret, so that its text is erased.</summary>
public delegate Task<bool> SecrecyOfMail(IncomingMail mail, MailRoute route, CancellationToken cancellationToken);

/// <summary>Notes that a mail of ours did not reach its reader.</summary>
/// <returns>What it was about, where of all such mails about the same one notice is enough; null for other mails.</returns>
public delegate Task<string?> NoteOfReturn(IncomingMail mail, MailRoute route, CancellationToken cancellationToken);

/// <summary>A mail that waits to leave.</summary>
/// <param name="Key">Of the outbox.</param>
/// <param name="Address">To which it would leave; null where that is not known.</param>
public readonly record struct WaitingMail(string Key, string? Address);

/// <summary>Of mails that wait to leave, those that are of no use any more, such as a call to a vote that is over.</summary>
/// <returns>Their keys.</returns>
public delegate Task<IReadOnlySet<string>> UselessMails(
    string committee, IReadOnlyList<WaitingMail> mails, CancellationToken cancellationToken);

/// <summary>What people call a motion, or a call for nominations, of which this room knows the id alone.</summary>
/// <returns>Null where there is none of that id.</returns>
public delegate Task<string?> TitleOfVote(string committee, string id, CancellationToken cancellationToken);
