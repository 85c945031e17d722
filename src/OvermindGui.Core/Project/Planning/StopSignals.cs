namespace OvermindGui.Core.Project.Planning;

/// <summary>Names of stop signals, and the stop signal of each process.</summary>
public sealed record StopSignals(ConfiguredValue? ConfiguredValue, IReadOnlyDictionary<string, StopSignal> ByEntry)
{
    private static readonly (StopSignal Signal, string Name)[] ByName =
    [
        (StopSignal.Abort, "ABRT"), (StopSignal.Interrupt, "INT"), (StopSignal.Kill, "KILL"), (StopSignal.Quit, "QUIT"),
        (StopSignal.Stop, "STOP"), (StopSignal.Terminate, "TERM"), (StopSignal.User1, "USR1"), (StopSignal.User2, "USR2"),
    ];

    /// <summary>The accepted names, for messages.</summary>
    public static string Accepted { get; } = string.Join(", ", ByName.Select(n => n.Name));

    public StopSignal Of(string entry) =>
        ByEntry.TryGetValue(entry, out var signal) || ByEntry.TryGetValue(Formation.All, out signal) ? signal : StopSignal.Terminate;

    /// <summary>Parses a signal name with or without <c>SIG</c>, in any case; null for any other text.</summary>
    public static StopSignal? Parse(string text)
    {
        var name = text.Trim().ToUpperInvariant();
        if (name.StartsWith("SIG", StringComparison.Ordinal)) name = name[3..];
        return Array.Find(ByName, n => n.Name == name) is { Name: not null } found ? found.Signal : null;
    }

    /// <summary>The name without <c>SIG</c>; the reverse of <see cref="Parse"/>.</summary>
    public static string ToText(StopSignal signal) => Array.Find(ByName, n => n.Signal == signal).Name;

    internal static StopSignals Read(ConfiguredValue? setting, SettingReader reader)
    {
        var byEntry = new Dictionary<string, StopSignal>();
        foreach (var (name, value) in SettingReader.Pairs(setting))
        {
            if (name != "" && Parse(value) is { } signal) byEntry[name ?? Formation.All] = signal;
            else reader.AddError(setting!, name is null ? value : $"{name}={value}", $"\"web=TERM\" with one of {Accepted}");
        }

        return new StopSignals(setting, byEntry);
    }
}
