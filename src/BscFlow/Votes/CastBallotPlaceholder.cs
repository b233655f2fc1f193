using BscFlow.Mail;

namespace BscFlow.Votes;

public sealed record MailedBallot(string Committee, string Motion, string Voter, bool Secret, Casting Casting);

public sealed class CastBallot
{
    public Task<MailedBallot?> FromMailAsync(IncomingMail mail, CancellationToken cancellationToken) => Task.FromResult<MailedBallot?>(null);
}

public sealed record TokenHolder(string Committee, string Motion, string Voter);

public sealed class TokenStore
{
    public Task<TokenHolder?> FindAsync(BallotToken token, CancellationToken cancellationToken) => Task.FromResult<TokenHolder?>(null);
}

public static class PlaceholderKeys
{
}
