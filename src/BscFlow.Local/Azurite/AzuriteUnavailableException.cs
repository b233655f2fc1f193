namespace BscFlow.Local.Azurite;

/// <summary>Azurite cannot be installed or started here. The message is one line that says what to do about it.</summary>
public sealed class AzuriteUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
