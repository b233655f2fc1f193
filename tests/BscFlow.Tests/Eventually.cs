namespace BscFlow.Tests;

/// <summary>Waits for what another process or another thread brings about, for as long as a loaded machine may need.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is found in the end.</summary>
    /// <param name="look">Null as long as it is not there.</param>
    public static async Task<T> FindAsync<T>(Func<Task<T?>> look)
        where T : class
    {
        for (var waited = TimeSpan.Zero; waited < Patience; waited += Pause)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(Pause, Cancel);
        }

        throw new TimeoutException("It never came.");
    }

    /// <inheritdoc cref="FindAsync{T}(Func{Task{T}})"/>
    public static Task<T> FindAsync<T>(Func<T?> look)
        where T : class => FindAsync(() => Task.FromResult(look()));

    /// <summary>Returns once it is so.</summary>
    public static Task BeAsync(Func<Task<bool>> fact) => FindAsync(async () => await fact() ? "so" : null);
}
