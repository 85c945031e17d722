namespace OvermindGui.Core.Shipping;

/// <summary>Where lines are shipped to: a hub, an engine for logs.</summary>
public interface IShippingTarget : IAsyncDisposable
{
    /// <summary>For people, such as <c>the hub overmind at db:5432</c>; without secrets.</summary>
    string Name { get; }

    /// <summary>Connects, and finds out where to go on.</summary>
    Task<IShippingSession> BeginAsync(CancellationToken cancellationToken);

    /// <summary>What an exception of a session means; null for one that is a fault of this program.</summary>
    ShippingFault? FaultOf(Exception e);
}

/// <summary>Why it does not ship.</summary>
/// <param name="Words">For people, without secrets.</param>
/// <param name="NeedsSomeone">Whether another attempt fails until someone acts.</param>
/// <param name="RetryAfter">How long the other side asks to be left alone; null when it does not.</param>
public sealed record ShippingFault(string Words, bool NeedsSomeone, TimeSpan? RetryAfter = null);

/// <summary>Shipping until something fails.</summary>
public interface IShippingSession : IAsyncDisposable
{
    /// <summary>A round begins at most this often, except in a flood.</summary>
    TimeSpan Pace { get; }

    /// <summary>How far it is.</summary>
    ShippingPosition Position { get; }

    /// <summary>What people should know although it ships; null when all is well.</summary>
    string? Warning { get; }

    /// <summary>Ships what is new.</summary>
    /// <param name="finishing">Whether the daemon ends: nothing new follows, and no line changes any more.</param>
    Task<RoundOutcome> RoundAsync(bool finishing, CancellationToken cancellationToken);

    /// <summary>Ends in order.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}

/// <summary>What one round of shipping has done.</summary>
public enum RoundOutcome
{
    /// <summary>There was nothing to ship.</summary>
    Nothing,

    /// <summary>Everything new was shipped.</summary>
    Some,

    /// <summary>There is more: the batch was as large as it may be.</summary>
    Full,

    /// <summary>The project has another database now: another session has to go on with that.</summary>
    Over,
}
