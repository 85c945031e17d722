using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;
using OvermindGui.Core.Output;
using OvermindGui.Core.Storage;
using OvermindGui.Web.Live;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private readonly OutputHistory _history = new(database);
    private readonly TextSearch _search = new(database);

    // A history is read by one at a time.
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<long, RenderedLine> _amendedMeanwhile = [];
    private int _pagesInFlight;

    /// <summary>Called by the script for a line that was cut: the markup of all of it, or null when it is gone.</summary>
    [JSInvokable]
    public async Task<string?> LoadWhole(long id) =>
        await ReadAsync(() => _history.Between(id - 1, id + 1, ProcessFilter.Everything, 1)) is [var line]
            ? LineRenderer.RenderWhole(line)
            : null;

    private async Task<TextPage<RenderedLine>?> ReadPageAsync(Func<TextPage<OutputLine>> read)
    {
        _pagesInFlight++;
        try
        {
            var page = await ReadAsync(read);
            return page is null ? null : new([.. page.Found.Select(LineRenderer.Render).Select(AsItIsNow)], page.Reached, page.IsEnd);
        }
        finally
        {
            if (--_pagesInFlight == 0) _amendedMeanwhile.Clear();
        }
    }

    private RenderedLine AsItIsNow(RenderedLine line) => _amendedMeanwhile.GetValueOrDefault(line.Id, line);

    // A page that is being read may hold such a line as it was before; the buffer does not have it yet.
    private void KeepForPages(IReadOnlyList<RenderedLine> amended)
    {
        if (_pagesInFlight == 0) return;
        foreach (var line in amended) _amendedMeanwhile[line.Id] = line;
    }

    /// <summary>Reads off the circuit's own thread, so that a slow disk does not hold up clicks. Null: not readable now.</summary>
    private async Task<T?> ReadAsync<T>(Func<T> read)
        where T : class
    {
        await _reading.WaitAsync(_disposed.Token);
        try
        {
            return await Task.Run(read, _disposed.Token);
        }
        catch (SqliteException e) when (SqliteErrors.IsNotReadableNow(e))
        {
            logger.LogWarning("The history cannot be read now: {Reason}", e.Message);
            database.Damage.Tell(e);
            return null;
        }
        finally
        {
            _reading.Release();
        }
    }
}
