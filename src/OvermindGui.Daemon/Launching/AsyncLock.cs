namespace OvermindGui.Daemon.Launching;

/// <summary>Lets in one after the other, in the order in which they came.</summary>
internal sealed class AsyncLock
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    public async Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task before;
        lock (_lock) (before, _last) = (_last, mine.Task);
        await before;
        try
        {
            return await action();
        }
        finally
        {
            mine.SetResult();
        }
    }

    public Task RunAsync(Func<Task> action) => RunAsync(async () =>
    {
        await action();
        return true;
    });
}
