namespace OvermindGui.Daemon.Configuration;

/// <summary>What is done about processes that a killed daemon has left.</summary>
public enum OrphanChoice
{
    /// <summary>End them, before anything is started.</summary>
    Kill,

    /// <summary>Keep those that are a planned process themselves; end the others.</summary>
    Adopt,
}
