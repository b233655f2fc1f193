using System.Reflection;
using BscFlow.Telemetry;
using Microsoft.Extensions.Logging;

namespace BscFlow.Tests.Telemetry;

/// <summary>Every line that the product can log, whether or not a scenario comes to it.</summary>
public sealed class LogMessageTests
{
    private static readonly string[] OfPersons =
        ["mailbox", "address", "mail", "email", "sender", "recipient", "from", "to", "token", "url", "path"];

    public static TheoryData<string> Lines => [.. Methods().Select(Name)];

    /// <summary>An exception may hold whatever it was about: its words go through <see cref="ErrorWords"/> first.</summary>
    [Theory, MemberData(nameof(Lines))]
    public void A_line_of_the_log_takes_no_exception_and_nothing_that_is_named_like_an_address(string line) => Assert.All(
        Methods().Single(method => Name(method) == line).GetParameters(),
        parameter =>
        {
            Assert.False(parameter.ParameterType.IsAssignableTo(typeof(Exception)), parameter.Name);
            Assert.DoesNotContain(parameter.Name, OfPersons, StringComparer.OrdinalIgnoreCase);
        });

    private static IEnumerable<MethodInfo> Methods() =>
        from type in typeof(ErrorWords).Assembly.GetTypes()
        from method in type.GetMethods(
            BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.GetCustomAttribute<LoggerMessageAttribute>() is not null
        select method;

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
