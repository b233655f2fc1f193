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
    await emulator.WaitForShutdownAsync(CancellationToken.None);
    return 0;
}
catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
