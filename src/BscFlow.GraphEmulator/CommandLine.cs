using System.Globalization;

namespace BscFlow.GraphEmulator;

/// <summary>The options of the emulator when it runs alone.</summary>
internal static class CommandLine
{
    public const string Usage = """
        Usage: BscFlow.GraphEmulator --mailbox ADDRESS=NAME ... [options]
          --mailbox ADDRESS[=NAME]   a mailbox; as many as wanted
          --app-access ADDRESS       a mailbox that the app's token opens; none given: all of them
          --tenant DOMAIN            mail between mailboxes of these domains is internal
          --port NUMBER              default 5150; 0 takes a free one
          --data DIR                 keeps everything there, one JSON file an item
          --now TIME                 starts the clock there, such as 2026-01-05T09:00Z
        """;

    /// <exception cref="FormatException">Says in one line what is wrong.</exception>
    public static GraphEmulatorOptions Read(IReadOnlyList<string> args)
    {
        var mailboxes = new List<EmulatedMailbox>();
        var access = new List<string>();
        var tenant = new List<string>();
        var options = new GraphEmulatorOptions { Mailboxes = mailboxes, TenantDomains = tenant, Port = 5150 };
        for (var i = 0; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw new FormatException($"{args[i]}: a value is missing.");
            switch (args[i])
            {
                case "--mailbox":
                    var (address, name) = value.Split('=', 2) is [var left, var right] ? (left, right) : (value, value);
                    if (address.IndexOf('@', StringComparison.Ordinal) is <= 0)
                    {
                        throw new FormatException($"--mailbox {address}: not an address.");
                    }

                    if (mailboxes.Any(other => other.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))
                    {
                        throw new FormatException($"--mailbox {address}: given twice.");
                    }

                    mailboxes.Add(new(address, name));
                    break;
                case "--app-access":
                    access.Add(value);
                    break;
                case "--tenant":
                    tenant.Add(value);
                    break;
                case "--port":
                    options = options with
                    {
                        Port = ushort.TryParse(value, CultureInfo.InvariantCulture, out var port)
                            ? port
                            : throw new FormatException($"--port {value}: not a port."),
                    };
                    break;
                case "--data":
                    options = options with { DataFolder = value };
                    break;
                case "--now":
                    options = options with
                    {
                        Clock = DateTimeOffset.TryParse(
                            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var now)
                            ? new ClockFrom(now)
                            : throw new FormatException($"--now {value}: not a time."),
                    };
                    break;
                default:
                    throw new FormatException($"{args[i]}: unknown option.");
            }
        }

        return mailboxes.Count == 0
            ? throw new FormatException("At least one --mailbox is needed.")
            : options with { AppAccess = access.Count == 0 ? null : access };
    }

    /// <summary>The system's clock, set to another start.</summary>
    private sealed class ClockFrom(DateTimeOffset start) : TimeProvider
    {
        private readonly TimeSpan _ahead = start - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
    }
}
