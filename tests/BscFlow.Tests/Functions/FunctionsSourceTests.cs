using System.Reflection;
using System.Text.RegularExpressions;
using BscFlow.Web;

namespace BscFlow.Tests.Functions;

/// <summary>
/// The front in Azure is not built with the solution, because not every feed holds the worker. What can be said of it
/// without a compiler is said here: it is small, it only hands on, and what it hands on to exists.
/// </summary>
public sealed partial class FunctionsSourceTests
{
    private static readonly Assembly Library = typeof(Pipeline).Assembly;

    private static readonly Dictionary<string, string> Sources =
        Directory.EnumerateFiles(Repository.PathOf("src/BscFlow.Functions"), "*.cs")
            .ToDictionary(path => Path.GetFileName(path), File.ReadAllText);

    private static readonly List<Function> Functions =
    [
        .. from source in Sources.Values
           from Match type in ClassPattern().Matches(source)
           from Match match in FunctionPattern().Matches(type.Groups["body"].Value)
           select new Function(
               match.Groups["name"].Value,
               match.Groups["trigger"].Value,
               match.Groups["route"].Value,
               Parameters(type.Groups["parameters"].Value)[match.Groups["target"].Value],
               match.Groups["member"].Value,
               match.Groups["arguments"].Value.Split(',').Length),
    ];

    [Fact]
    public void It_has_fewer_than_150_lines() =>
        Assert.InRange(Sources.Values.Sum(source => source.Count(character => character == '\n')), 1, 149);

    [Fact]
    public void It_has_the_functions_of_the_design() =>
        Assert.Equal(
            ["Api", "Clock", "Desk", "GraphLifecycle", "GraphNotifications", "Mail", "MailFailed", "Site", "Step", "StepFailed"],
            Functions.Select(function => function.Name).Order());

    [Fact]
    public void A_function_is_one_call_and_a_class_is_nothing_but_functions() => Assert.All(
        Sources.Where(source => source.Key != "Program.cs"),
        source =>
        {
            var rest = ClassPattern().Replace(source.Value, type => FunctionPattern().Replace(type.Groups["body"].Value, ""));
            Assert.Empty(NothingPattern().Replace(rest, ""));
        });

    [Fact]
    public void The_program_is_nothing_but_registrations() => Assert.All(
        Sources["Program.cs"].Split('\n', StringSplitOptions.RemoveEmptyEntries),
        line => Assert.Matches(RegistrationPattern(), line));

    [Fact]
    public void What_a_function_calls_exists_in_the_library() => Assert.All(
        Functions,
        function => Assert.Contains(
            LibraryType(function.TargetType).GetMethods(),
            method => method.Name == function.Member
                && method.GetParameters().Length == function.ArgumentCount
                && method.ReturnType.IsAssignableTo(typeof(Task))));

    [Fact]
    public void What_the_program_registers_exists_in_the_library() => Assert.All(
        OwnExtensionPattern().Matches(Sources["Program.cs"]).Select(match => match.Groups["name"].Value),
        name => Assert.Contains(
            Library.GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static)),
            method => method.Name == name));

    [Fact]
    public void What_a_trigger_names_exists_in_the_library() => Assert.All(
        Functions.SelectMany(function => ConstantPattern().Matches(function.Trigger)),
        constant => Assert.NotNull(LibraryType(constant.Groups["type"].Value).GetField(constant.Groups["member"].Value)));

    /// <summary>The host asks the functions in the order of their names, and takes the first whose route fits.</summary>
    [Fact]
    public void The_door_that_takes_every_path_sorts_after_all_other_doors() => Assert.Equal(
        "{*path}",
        Functions.Where(function => function.Route.Length > 0)
            .MaxBy(function => function.Name, StringComparer.OrdinalIgnoreCase)?.Route);

    private static Dictionary<string, string> Parameters(string list) =>
        list.Split(", ").Select(parameter => parameter.Split(' ')).ToDictionary(words => words[1], words => words[0]);

    private static Type LibraryType(string name) =>
        Library.GetExportedTypes().SingleOrDefault(type => type.Name == name)
            ?? throw new TypeLoadException($"The library has no type {name}, which the functions use.");

    [GeneratedRegex(
        @"public sealed class \w+\((?<parameters>[^)]*)\)\n\{\n(?<body>.*?)^\}\n",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex ClassPattern();

    [GeneratedRegex("""
        \[Function\("(?<name>\w+)"\)\]\s+public\ Task\ \k<name>\(\s*
        \[(?<trigger>\w+Trigger\((?:[^)]*Route\ =\ "(?<route>[^"]*)")?[^)]*\))\]\ \w+\ \w+
        (,\ CancellationToken\ cancellationToken)?\)\ =>\s+
        (?<target>\w+)\.(?<member>\w+)\((?<arguments>[\w.,\ ]+)\);
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex FunctionPattern();

    /// <summary>What may stand beside the functions: usings, the namespace, doc comments, space.</summary>
    [GeneratedRegex(@"^(using [\w.]+;|namespace BscFlow\.Functions;|\s*///.*|\s*)$\n?", RegexOptions.Multiline)]
    private static partial Regex NothingPattern();

    [GeneratedRegex(
        @"^(using [\w.]+;|// .+|(CultureInfo\.(DefaultThread)?CurrentCulture = )+CultureInfo\.InvariantCulture;" +
        @"|var builder = [\w.]+\(args\);|builder\.[^;{}]+\);)$")]
    private static partial Regex RegistrationPattern();

    [GeneratedRegex(@"\.(?<name>\w*BscFlow)\(")]
    private static partial Regex OwnExtensionPattern();

    [GeneratedRegex(@"\((?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)\)")]
    private static partial Regex ConstantPattern();

    private sealed record Function(
        string Name, string Trigger, string Route, string TargetType, string Member, int ArgumentCount);
}
