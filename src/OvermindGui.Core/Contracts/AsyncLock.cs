using System.Diagnostics.CodeAnalysis;

namespace OvermindGui.Core.Contracts;

/// <summary>Lets in one after the other, in the order in which they came.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim has something to dispose only after its wait handle was asked for.")]
public sealed class AsyncLock
{
    private readonly SemaphoreSlim _semaphore = new(1, 1);

    /// <summary>Waits for the lock; disposing the result releases it.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken = default)
    {
        await _semaphore.WaitAsync(cancellationToken);
        return new Entry(_semaphore);
    }

    /// <summary>Runs an action that no other one overlaps.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> action, CancellationToken cancellationToken = default)
    {
        using var entry = await EnterAsync(cancellationToken);
        return await action();
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public async Task RunAsync(Func<Task> action, CancellationToken cancellationToken = default)
    {
        using var entry = await EnterAsync(cancellationToken);
        await action();
    }

    private sealed class Entry(SemaphoreSlim semaphore) : IDisposable
    {
        private SemaphoreSlim? _held = semaphore;

        public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();
    }
}
