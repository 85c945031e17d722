namespace OvermindGui.Core.Shipping;

/// <summary>Growing pauses between attempts, each of a random length, so that many daemons do not return at the same moment.</summary>
public sealed class Backoff(TimeSpan first, TimeSpan longest)
{
    private int _failures;

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Next()
    {
        var pause = first * Math.Pow(2, Math.Min(_failures++, 20));
        return (pause < longest ? pause : longest) * (0.5 + Random.Shared.NextDouble());
    }

    /// <summary>An attempt has succeeded.</summary>
    public void Reset() => _failures = 0;
}
