using BscFlow.Committee;
using BscFlow.Mail;
using BscFlow.Storage;
using BscFlow.Votes.Tokens;

namespace BscFlow.Votes.Nominations;

/// <summary>What a mail about nominations was taken for.</summary>
/// <param name="Person">Id of the voter; null for a nominee.</param>
/// <param name="Acted">Whether something came of it.</param>
/// <param name="Secret">It may be meant as a ballot in the secret vote that followed: what it says is not kept.</param>
public sealed record MailedNomination(
    string Committee, string Id, string? Person, bool Acted, bool NeedsPerson, bool Secret, string Reason);

/// <summary>What the page behind a link shows while nominations go on: to a voter, or to a nominee.</summary>
/// <param name="Nominee">Null where it is the page of a voter.</param>
/// <param name="Nominees">Those who accepted, or have not answered.</param>
public sealed record NominationPage(
    Charter Charter, NominationCall Call, Member? Voter, Nominee? Nominee, IReadOnlyList<Nominee> Nominees);

/// <summary>Takes nominations, and nominees' answers, from mails and from the pages behind links.</summary>
/// <remarks>The same again changes nothing and mails nothing twice.</remarks>
public sealed class TakeNomination(
    NominationStore nominations,
    TokenStore tokens,
    CharterStore charters,
    NominationMail mail,
    NominationEvents events,
    TimeProvider clock)
{
    /// <inheritdoc cref="MailDeed"/>
    public async Task<CollectedMail?> RunAsync(
        CollectedMail row, IncomingMail mail, MailRoute route, CancellationToken cancellationToken) =>
        mail.Automatic is null && await FromMailAsync(mail, cancellationToken) is { } nominated
            ? row with
            {
                Kind = MailKind.Nomination,
                About = nominated.Id,
                Member = nominated.Person,
                Acted = nominated.Acted,
                NeedsPerson = nominated.NeedsPerson,
                Secret = nominated.Secret,
                Text = nominated.Secret ? null : row.Text,
                Reason = nominated.Reason,
            }
            : null;

    /// <summary>Takes what a mail says. Null when it carries no token of nominations that go on or went on.</summary>
    public async Task<MailedNomination?> FromMailAsync(IncomingMail from, CancellationToken cancellationToken)
    {
        if (BallotToken.Find(from.Recipients, from.Subject) is not [var token]
            || await tokens.FindAsync(token, cancellationToken) is not { } holder
            || await FindAsync(holder, cancellationToken) is not { } page)
        {
            return null;
        }

        var who = page.Nominee is { } nominee ? NominationMail.AddresseeOf(nominee) : Addressee.Of(page.Voter!);
        var mine = page.Nominee is { } one ? [one.Address] : page.Voter!.Addresses;
        if (from.Sender is not SenderTrust.Authenticated { Address: var sender }
            || !mine.Contains(sender, StringComparer.OrdinalIgnoreCase))
        {
            return Taken(acted: false, "it is not proved to be from whom the token was made for", needsPerson: true);
        }

        var lines = page.Nominee is { } asked
            ? await AnswerAsync(page, asked, NominationAnswer.Read(from.Reply), from.Received, cancellationToken)
            : await NominateAsync(page, page.Voter!, from.Reply.Written, from.Received, cancellationToken);
        await mail.NoteAsync(page.Charter, page.Call, who, from.MessageId, lines.Said, cancellationToken);
        return Taken(lines.Acted, string.Join(' ', lines.Said), needsPerson: false);

        MailedNomination Taken(bool acted, string reason, bool needsPerson) =>
            new(
                page.Charter.Id,
                page.Call.Id,
                page.Voter?.Id,
                acted,
                needsPerson,
                page is { Voter: not null, Call: { Outcome: not null, Draft.Secret: true } },
                reason);
    }

    /// <summary>What the page behind a link shows. Null for a link of no nominations.</summary>
    public async Task<NominationPage?> OpenPageAsync(PageToken token, CancellationToken cancellationToken) =>
        await tokens.FindAsync(token, cancellationToken) is { } holder ? await FindAsync(holder, cancellationToken) : null;

    /// <summary>Takes what the button on a page sends.</summary>
    /// <param name="written">Of a voter: people, one a line. Of a nominee: <c>accept</c> or <c>decline</c>.</param>
    /// <returns>What came of it, in words.</returns>
    public async Task<Noted> FromPageAsync(NominationPage page, string written, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return page.Nominee is { } nominee
            ? await AnswerAsync(page, nominee, NominationAnswer.Of(written), now, cancellationToken)
            : await NominateAsync(page, page.Voter!, written, now, cancellationToken);
    }

    private async Task<Noted> NominateAsync(
        NominationPage page, Member voter, string written, DateTimeOffset received, CancellationToken cancellationToken)
    {
        var (charter, call) = (page.Charter, page.Call);
        if (received > call.NominateUntil || call.Outcome is not null)
        {
            return new Noted(false, ["The time to nominate is over. Nobody was added."]);
        }

        var read = NominationText.Read(written, voter, charter);
        if (read is NominationText.Unclear { Why: var why })
        {
            return new Noted(
                false,
                [
                    $"Nobody was added: {why}{(why.EndsWith('?') ? "" : ".")}",
                    "Write a person a line, such as: Ada Bell <ada@example.org>, Northlight",
                ]);
        }

        var people = ((NominationText.Names)read).People;
        var already = page.Nominees.Count(nominee => nominee.By.Contains(voter.Id));
        var known = page.Nominees.Select(nominee => nominee.Key).ToHashSet(StringComparer.Ordinal);
        if (already + people.Count(person => !known.Contains(KeyOf(person))) > NominationCall.MostOfOne)
        {
            return new Noted(false, [$"Nobody was added: one can nominate {NominationCall.MostOfOne} people at most."]);
        }

        foreach (var person in people)
        {
            await AddAsync(charter, call, voter, person, cancellationToken);
            await events.NominatedAsync(call, KeyOf(person), voter.Id, person.Name, cancellationToken);
        }

        return new Noted(
            true,
            [
                $"You nominated {NamesOf(voter, people)}.",
                people is not [var only] ? "Each is asked, and stands on the ballot if they accept."
                    : IsOf(voter, only) ? "Answer the mail that asks you, and you stand on the ballot."
                    : $"{only.Name} is asked, and stands on the ballot if they accept.",
            ]);
    }

    /// <summary>"Ada Bell, Cy Dorn and yourself".</summary>
    private static string NamesOf(Member voter, IReadOnlyList<NamedPerson> people)
    {
        List<string> names = [.. people.Select(person => IsOf(voter, person) ? "yourself" : person.Name)];
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";
    }

    private static bool IsOf(Member voter, NamedPerson person) =>
        voter.Addresses.Contains(person.Address, StringComparer.OrdinalIgnoreCase);

    /// <summary>The nominee is on record, and can be found by their token, before their mail is queued.</summary>
    private async Task AddAsync(
        Charter charter, NominationCall call, Member voter, NamedPerson person, CancellationToken cancellationToken)
    {
        var key = KeyOf(person);
        var nominee = await nominations.ChangeAsync(
            charter.Id,
            call.Id,
            key,
            known => known is null
                ? new Nominee(key, person.Name, person.Address, person.Affiliation, [voter.Id], NomineeAnswer.None, null)
                : known.NominatedBy(voter.Id),
            cancellationToken);
        await tokens.AddNominationsAsync(call.Committee, call.Id, [Keys.NomineeHolder(key)], cancellationToken);
        await mail.NomineeAsync(charter, call, nominee!, call.Electorate.NameOf(nominee!.By[0]), cancellationToken);
    }

    private async Task<Noted> AnswerAsync(
        NominationPage page, Nominee nominee, NomineeAnswer answer, DateTimeOffset received, CancellationToken cancellationToken)
    {
        if (received > page.Call.AnswerUntil || page.Call.Outcome is not null)
        {
            return new Noted(false, ["The time to answer is over. Nothing was changed."]);
        }

        if (answer is NomineeAnswer.None)
        {
            return new Noted(false, ["Nothing was changed: answer with the one word \"accept\" or \"decline\"."]);
        }

        var stored = await nominations.ChangeAsync(
            page.Charter.Id,
            page.Call.Id,
            nominee.Key,
            known => known is null || known.AnsweredAt >= received ? null : known with { Answer = answer, AnsweredAt = received },
            cancellationToken) ?? nominee;
        if ((stored.Answer, stored.AnsweredAt) != (answer, received))
        {
            return new Noted(false, [stored.Answer is NomineeAnswer.Accepted
                ? "Nothing was changed: you accepted after that, and stand on the ballot."
                : "Nothing was changed: you declined after that, and do not stand on the ballot."]);
        }

        await events.AnsweredAsync(page.Call, nominee, answer, received, cancellationToken);
        return new Noted(true, [answer is NomineeAnswer.Accepted
            ? "You accepted, and stand on the ballot. You can still decline until the time to answer is over."
            : "You declined, and do not stand on the ballot. You can still accept until the time to answer is over."]);
    }

    private async Task<NominationPage?> FindAsync(TokenHolder holder, CancellationToken cancellationToken)
    {
        if (await charters.FindAsync(holder.Committee, cancellationToken) is not { } charter
            || await nominations.FindAsync(
                holder.Committee, holder.Nominations ?? holder.Motion, cancellationToken) is not { } call)
        {
            return null;
        }

        var nominees = await nominations.NomineesAsync(charter.Id, call.Id, cancellationToken);
        var nominee = nominees.FirstOrDefault(one => Keys.NomineeHolder(one.Key) == holder.Voter);
        var voter = nominee is null ? call.Electorate.Voter(charter, holder.Voter) : null;
        return nominee is null && voter is null ? null : new NominationPage(charter, call, voter, nominee, nominees);
    }

    private static string KeyOf(NamedPerson person) => Keys.ShortHash(person.Address.ToLowerInvariant());
}

/// <summary>What came of a nomination or an answer, in sentences.</summary>
public sealed record Noted(bool Acted, IReadOnlyList<string> Said);

/// <summary>Reads a nominee's answer: one word, and nothing else on the first line.</summary>
public static class NominationAnswer
{
    public static NomineeAnswer Read(Reply reply) => Of(reply.Written.TrimStart().Split('\n')[0]);

    public static NomineeAnswer Of(string line) => PlainLine.Of(line).TrimEnd('.', '!') switch
    {
        "accept" or "i accept" or "accepted" or "yes" or "+1" => NomineeAnswer.Accepted,
        "decline" or "i decline" or "declined" or "no" or "-1" => NomineeAnswer.Declined,
        _ => NomineeAnswer.None,
    };
}
