using System.Runtime.CompilerServices;

namespace OvermindGui.Testing;

/// <summary>Waits for what becomes true by itself. The test's timeout ends a wait; the output then names the condition.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="meanwhile">Runs after each look that found it false.</param>
    public static Task TrueAsync(
        Func<bool> condition, Action? meanwhile = null, [CallerArgumentExpression(nameof(condition))] string words = "") =>
        TrueAsync(() => Task.FromResult(condition()), meanwhile, words);

    /// <inheritdoc cref="TrueAsync(Func{bool}, Action, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, Action? meanwhile = null, [CallerArgumentExpression(nameof(condition))] string words = "")
    {
        while (!await condition())
        {
            try
            {
                await Task.Delay(Pause, TestContext.Current.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Still not so: {words}");
                throw;
            }

            meanwhile?.Invoke();
        }
    }
}
