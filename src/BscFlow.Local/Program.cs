using System.Globalization;
using BscFlow.Local.Commands;

// Dates and numbers read the same whatever the machine's language is.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

return await CommandLine.InvokeAsync(args, Console.Out, Console.Error, CancellationToken.None);
