using System.Net;

namespace BscFlow.Mail;

/// <summary>The mailbox could not be asked, or did not let us in; the same call may work later.</summary>
/// <param name="status">What the server answered; null when no answer came.</param>
/// <param name="retryAfter">How long the server asked to be left alone.</param>
public sealed class MailboxUnavailableException(
    string message,
    HttpStatusCode? status,
    TimeSpan? retryAfter,
    Exception? innerException)
    : Exception(message, innerException)
{
    public HttpStatusCode? Status { get; } = status;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The mailbox will never take this mail or invitation as it is.</summary>
/// <param name="code">Graph's error code, such as <c>ErrorInvalidRecipients</c>.</param>
public sealed class MailRefusedException(string message, HttpStatusCode status, string? code, Exception? innerException)
    : Exception(message, innerException)
{
    public HttpStatusCode Status { get; } = status;

    public string? Code { get; } = code;
}

/// <summary>What a mail asks for cannot be done at this moment and can in the next one: no fault of the mail.</summary>
public abstract class ComeAgainException(string message) : Exception(message);
