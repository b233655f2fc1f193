using BscFlow.Committee;

namespace BscFlow.Tests;

/// <summary>A small charter to begin with; a test changes what it is about.</summary>
internal static class Charters
{
    public static Charter Small(string id = "small") => CharterReader.Read(System.Text.Encoding.UTF8.GetBytes($$"""
        {
          "id": "{{id}}",
          "name": "Small Committee",
          "timeZone": "Europe/Berlin",
          "mailbox": "small@committee.example",
          "secretaries": ["sec@committee.example"],
          "meetings": { "rule": "FREQ=MONTHLY;BYDAY=2WE", "start": "2026-01-14T17:00", "length": "PT1H" },
          "leadTimes": { "draft": "P7D", "reminder": "P1D", "minutes": "P2D", "objections": "P7D" },
          "quorum": { "needs": "at least 3/5", "of": "entire" },
          "rules": { "ordinary": { "needs": "more than 1/2", "of": "entire" } },
          "members": [
            { "id": "ada", "name": "Ada Ash", "addresses": ["ada@members.example"], "terms": [{ "from": "2025-01-01" }] },
            { "id": "ben", "name": "Ben Birch", "addresses": ["ben@members.example"], "terms": [{ "from": "2025-01-01" }] },
            { "id": "cem", "name": "Cem Cedar", "addresses": ["cem@members.example"], "terms": [{ "from": "2025-01-01" }] }
          ]
        }
        """));
}
