using BscFlow.Committee;

namespace BscFlow.Tests;

/// <summary>The invented committee that the product brings along as its sample.</summary>
internal static class Tidewater
{
    public static Charter Charter { get; } = CharterReader.Read(File.ReadAllBytes(PathOf("charter.json")));

    public static Roster Roster { get; } = new(Charter);

    public static string PathOf(string file) => Repository.PathOf($"src/BscFlow.Local/Samples/default/{file}");
}
