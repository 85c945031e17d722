using Microsoft.Data.Sqlite;
using OvermindGui.Core.Application;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Errors;

/// <summary>Errors of processes of the own project.</summary>
/// <param name="snapshot">Null until the first one was read.</param>
public sealed class ProjectErrors(ErrorsQuery errors, ProcessFilter shown, SystemSnapshot? snapshot) : IErrorSource
{
    private readonly ProcessFilter _shown = shown;

    /// <inheritdoc/>
    public async Task<ErrorsReport> ReadAsync(bool onlyNew, CancellationToken cancellationToken)
    {
        var request = new ErrorsRequest(_shown.IsEverything ? null : [.. (snapshot?.Processes ?? []).Select(p => p.Name).Where(_shown.Shows)], New: onlyNew);
        try
        {
            return await Task.Run(() => errors.Read(request), cancellationToken);
        }
        catch (RequestException e)
        {
            throw new UnreadableException(e.Message, e);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            throw new UnreadableException($"The errors cannot be read now: {e.Message}", e);
        }
    }

    public override bool Equals(object? obj) => obj is ProjectErrors other && other._shown == _shown;

    public override int GetHashCode() => _shown.GetHashCode();
}
