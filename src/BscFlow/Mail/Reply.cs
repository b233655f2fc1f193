namespace BscFlow.Mail;

/// <summary>What a person wrote in a mail, apart from what they quoted, forwarded or had appended.</summary>
/// <param name="Text">
/// The reply as one reads it: lines joined by <c>\n</c>, without blank lines at both ends. A quote that is answered piece by
/// piece stays in it with its marks, since the answer says nothing without it. Empty when nothing was written.
/// </param>
/// <param name="Written">
/// Only lines that are certainly the sender's own: no quotes, and nothing that stands unmarked under somebody else's
/// attribution or header block. A ballot is read from this.
/// </param>
public sealed record Reply(string Text, string Written);
