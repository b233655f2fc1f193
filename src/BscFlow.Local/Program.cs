using BscFlow.Local.Commands;

return await CommandLine.InvokeAsync(args, Console.Out, Console.Error, CancellationToken.None);
