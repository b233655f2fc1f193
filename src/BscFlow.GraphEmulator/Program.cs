using System.Runtime.InteropServices;
using BscFlow.GraphEmulator;

GraphEmulatorOptions options;
try
{
    options = CommandLine.Read(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(CommandLine.Usage);
    return 2;
}

try
{
    await using var emulator = await GraphEmulatorHost.StartAsync(options, CancellationToken.None);
    Console.WriteLine($"Graph at {emulator.Address}v1.0, every inbox at {emulator.Address}mailboxes. Ctrl+C ends it.");
    var ended = new TaskCompletionSource();
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    await ended.Task;
    return 0;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        ended.TrySetResult();
    }
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
