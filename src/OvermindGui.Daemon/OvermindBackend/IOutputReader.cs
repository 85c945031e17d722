namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>Takes what overmind prints. One caller at a time, but for complaints.</summary>
internal interface IOutputReader
{
    /// <returns>How long <see cref="FlushAsync"/> may wait if nothing comes before; infinite when there is nothing to flush.</returns>
    Task<TimeSpan> ReadAsync(IReadOnlyList<OvermindOutputText> texts);

    /// <returns>The same as of <see cref="ReadAsync"/>.</returns>
    Task<TimeSpan> FlushAsync();

    /// <summary>Takes a line of its standard error.</summary>
    Task ComplainAsync(string line);
}
