using Azure;
using BscFlow.Storage;

namespace BscFlow.Committee;

/// <summary>What became of a charter that somebody wants in force.</summary>
public abstract record CharterOutcome
{
    private CharterOutcome()
    {
    }

    public sealed record InForce(Charter Charter) : CharterOutcome;

    /// <summary>Somebody else changed the charter since the writer had read it. Nothing was written.</summary>
    public sealed record LostRace : CharterOutcome;

    /// <summary>It is not valid. Nothing was written.</summary>
    public sealed record Invalid(IReadOnlyList<CharterError> Errors) : CharterOutcome;
}

/// <summary>Puts another charter in force for a committee; the one before it is kept.</summary>
public sealed class ChangeCharter(CharterStore charters, ShowChanges showChanges, AuditLog audit)
{
    /// <param name="committee">A charter cannot change whose it is: another id in it is an error.</param>
    /// <param name="over">The version that the writer had read.</param>
    /// <param name="who">For the audit and for the history.</param>
    /// <param name="what">In a few words, for the audit.</param>
    public async Task<CharterOutcome> RunAsync(
        string committee, byte[] json, ETag over, string who, string what, CancellationToken cancellationToken)
    {
        Charter charter;
        try
        {
            charter = CharterReader.Read(json);
        }
        catch (InvalidCharterException invalid)
        {
            return new CharterOutcome.Invalid(invalid.Errors);
        }

        if (charter.Id != committee)
        {
            return new CharterOutcome.Invalid(
                [new CharterError("id", $"is \"{charter.Id}\"; it stays \"{committee}\" for good")]);
        }

        // What a crash kept from the record is put there now: whoever tries again after it finds that their own change stands.
        if (await charters.FindVersionAsync(committee, cancellationToken) is { What: { } before } current)
        {
            await RecordAsync(current.ETag, current.Who, before);
        }

        if (await charters.TryReplaceAsync(charter, json, over, who, what, cancellationToken) is not { } version)
        {
            return new CharterOutcome.LostRace();
        }

        await RecordAsync(version, who, what);
        await showChanges(charter, cancellationToken);
        return new CharterOutcome.InForce(charter);

        Task RecordAsync(ETag changed, string by, string how) =>
            audit.AppendOnceAsync(committee, "charter-changed", changed.ToString(), by, how, cancellationToken);
    }
}
