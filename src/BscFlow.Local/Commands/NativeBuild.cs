using System.CommandLine;

namespace BscFlow.Local.Commands;

/// <summary>
/// The program compiled to machine code for one kind of machine: what it does with files alone, and that at once.
/// </summary>
/// <remarks>
/// The libraries of storage, mail and the web look at types while they run, which such a program cannot. It is known by
/// <see cref="System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported"/>, which the compiler takes as given, so that
/// it leaves those libraries out.
/// </remarks>
internal static class NativeBuild
{
    public static RootCommand RefuseServices(RootCommand root)
    {
        root.Description = "The secretary of a technical steering committee: minutes, their archive, and counts. This native build works on files.";
        foreach (var name in (string[])["run", "import", "export", "cost"])
        {
            var command = new Command(name) { Hidden = true, TreatUnmatchedTokensAsErrors = false };
            command.SetAction(int (_) => throw Refusal(name));
            root.Subcommands.Add(command);
        }

        return root;
    }

    public static RefusalException Refusal(string what) =>
        new(
            $"{what}: not in the native build, which works on files alone; give it to the program as dotnet run --project src/BscFlow.Local starts it");
}
