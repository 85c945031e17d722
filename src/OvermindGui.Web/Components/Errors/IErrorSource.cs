using OvermindGui.Core.Application;

namespace OvermindGui.Web.Components.Errors;

/// <summary>Where groups of errors come from: the own project, or a hub with many. Sources of the same errors are equal.</summary>
public interface IErrorSource
{
    /// <param name="onlyNew">Only what no run before the newest one of its process had.</param>
    /// <exception cref="Live.UnreadableException">It cannot be read now.</exception>
    Task<ErrorsReport> ReadAsync(bool onlyNew, CancellationToken cancellationToken);
}
