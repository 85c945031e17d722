using OvermindGui.Core.Contracts;

namespace OvermindGui.Core.Control;

/// <summary>What a daemon starts when it begins.</summary>
/// <param name="Names">Processes; those that they depend on start with them. Null for all that start by default.</param>
/// <param name="By">Who asked for it.</param>
public sealed record FirstStart(IReadOnlyList<string>? Names, Initiator By)
{
    public static FirstStart OfAll { get; } = new(null, Initiator.Daemon);

    /// <summary>The arguments of <c>daemon</c> for this.</summary>
    internal IReadOnlyList<string> Arguments =>
    [
        .. Names is null ? (string[])[] : [DaemonLauncher.StartOption, string.Join(',', Names)],
        .. By == Initiator.Daemon ? (string[])[] : [DaemonLauncher.RequesterOption, By.ToString()],
    ];

    /// <summary>The reverse of <see cref="Arguments"/>.</summary>
    /// <param name="names">Null when the option is missing.</param>
    /// <param name="requester">The same.</param>
    public static FirstStart Parse(string? names, string? requester) => new(
        names?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), requester is null ? Initiator.Daemon : Initiator.Parse(requester));
}
