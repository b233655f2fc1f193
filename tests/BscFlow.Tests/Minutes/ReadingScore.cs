using System.Text.Json;
using System.Text.Json.Serialization;
using BscFlow.Minutes;

namespace BscFlow.Tests.Minutes;

/// <summary>Compares minutes as read with what a careful person reads in them (a JSON file in the form of `bscflow read`).</summary>
internal sealed class ReadingScore
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public int Meetings { get; private set; }

    public int ItemsFound { get; private set; }

    public int ItemsMissed { get; private set; }

    public int FalseItems { get; private set; }

    public int WrongOwners { get; private set; }

    public int WrongDone { get; private set; }

    public int WrongCarried { get; private set; }

    public int DecisionsFound { get; private set; }

    public int DecisionsMissed { get; private set; }

    public int FalseDecisions { get; private set; }

    public int WrongKinds { get; private set; }

    /// <summary>Differences in dates, status, chairs, participants, durations and quorum: these are to be exact.</summary>
    public List<string> FieldErrors { get; } = [];

    /// <summary>Every other difference, for who improves the reader.</summary>
    public List<string> Remarks { get; } = [];

    public double F1 => 2.0 * ItemsFound / ((2 * ItemsFound) + ItemsMissed + FalseItems);

    public void Add(string markdownFile, string expectedFile)
    {
        var expected = JsonSerializer.Deserialize<Expected[]>(File.ReadAllBytes(expectedFile), Options)!;
        var read = MinutesReader.Read(File.ReadAllBytes(markdownFile)).Meetings;
        var name = Path.GetFileName(markdownFile);
        if (read.Count != expected.Length)
        {
            FieldErrors.Add($"{name}: {read.Count} meetings for {expected.Length}");
        }

        foreach (var (want, got) in expected.Zip(read))
        {
            Meetings++;
            var where = $"{name} #{want.Number} {want.Date:O}";
            Field(where, "number", want.Number, got.Number);
            Field(where, "date", want.Date, got.Date);
            Field(where, "status", want.Status, got.Status.ToString().ToLowerInvariant());
            Field(where, "duration", want.DurationMinutes, got.DurationMinutes);
            Field(where, "chairs", string.Join('|', want.Chairs), string.Join('|', got.Chairs.Select(person => person.Name)));
            Field(where, "participants", string.Join('|', want.Participants), string.Join('|', got.Participants.Select(person => person.Name)));
            Field(where, "quorum", want.QuorumStatement, got.Quorum?.Text);
            AddActions(where, want, got);
            AddDecisions(where, want, got);
        }
    }

    private void AddActions(string where, Expected want, MeetingMinutes got)
    {
        var byLine = want.ActionItems.ToLookup(item => item.Line);
        foreach (var item in want.ActionItems.Where(item => !item.Implicit && got.ActionItems.All(other => other.Line != item.Line)))
        {
            ItemsMissed++;
            Remarks.Add($"{where}: missed item, line {item.Line}: {item.Text}");
        }

        foreach (var item in got.ActionItems)
        {
            var match = byLine[item.Line].FirstOrDefault();
            if (match is null)
            {
                FalseItems++;
                Remarks.Add($"{where}: false item, line {item.Line}: [{string.Join('|', item.Owners)}] {item.Text}");
                continue;
            }

            ItemsFound += match.Implicit ? 0 : 1;
            WrongOwners += Remark(where, item.Line, "owners", string.Join('|', match.Owners), string.Join('|', item.Owners));
            WrongDone += Remark(where, item.Line, "done", match.Done, item.Done);
            WrongCarried += Remark(where, item.Line, "carried", match.Carried, item.Carried);
            Remark(where, item.Line, "text", match.Text, item.Text);
        }
    }

    private void AddDecisions(string where, Expected want, MeetingMinutes got)
    {
        foreach (var item in want.Decisions.Where(item => !item.Implicit && got.Decisions.All(other => other.Line != item.Line)))
        {
            DecisionsMissed++;
            Remarks.Add($"{where}: missed decision, line {item.Line}: {item.Text}");
        }

        foreach (var item in got.Decisions)
        {
            var match = want.Decisions.FirstOrDefault(other => other.Line == item.Line);
            if (match is null)
            {
                FalseDecisions++;
                Remarks.Add($"{where}: false decision, line {item.Line}: {item.Text}");
                continue;
            }

            DecisionsFound += match.Implicit ? 0 : 1;
            WrongKinds += Remark(where, item.Line, "kind", match.Kind, item.Kind.ToString().ToLowerInvariant());
        }
    }

    private void Field<T>(string where, string field, T want, T got)
    {
        if (!EqualityComparer<T>.Default.Equals(want, got))
        {
            FieldErrors.Add($"{where}: {field} is '{got}', not '{want}'");
        }
    }

    private int Remark<T>(string where, int line, string field, T want, T got)
    {
        if (EqualityComparer<T>.Default.Equals(want, got))
        {
            return 0;
        }

        Remarks.Add($"{where}, line {line}: {field} is '{got}', not '{want}'");
        return 1;
    }

    public override string ToString() =>
        $"{Meetings} meetings, {FieldErrors.Count} field errors; items {ItemsFound} found, {ItemsMissed} missed, {FalseItems} false, F1 {F1:F3}, " +
        $"{WrongOwners} wrong owners, {WrongDone} wrong done, {WrongCarried} wrong carried; decisions {DecisionsFound} found, " +
        $"{DecisionsMissed} missed, {FalseDecisions} false, {WrongKinds} wrong kinds";

    private sealed record Expected(
        int? Number, DateOnly? Date, string Status, int? DurationMinutes, string[] Chairs, string[] Participants, string? QuorumStatement,
        ExpectedAction[] ActionItems, ExpectedDecision[] Decisions);

    private sealed record ExpectedAction(
        int Line, string[] Owners, string Text, bool Done, bool Carried = false, [property: JsonPropertyName("implicit")] bool Implicit = false);

    private sealed record ExpectedDecision(
        int Line, string Text, string Kind, [property: JsonPropertyName("implicit")] bool Implicit = false);
}
