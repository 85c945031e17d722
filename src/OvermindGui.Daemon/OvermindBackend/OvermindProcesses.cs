using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Terminal;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.OvermindBackend;

/// <summary>The Procfile's entries, and the way to each of them for what overmind prints and answers. The rest is the daemon's own log.</summary>
internal sealed class OvermindProcesses(IReadOnlyList<OvermindProcess> all, AsyncLock gate, EventRecorder recorder) : IOutputReader
{
    // Overmind's name for itself.
    private const string Itself = "system";

    private const string TmuxSocketMessage = "Tmux socket name: ";
    private const int MostComplaints = 20;

    private readonly Dictionary<string, OvermindProcess> _byName = all.ToDictionary(p => p.Name);
    private readonly List<string> _complaints = [];
    private readonly TaskCompletionSource<string> _tmuxSocket = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<OvermindProcess> All => all;

    /// <summary>The name of tmux's socket, which identifies its server; completes when overmind reports it.</summary>
    public Task<string> TmuxSocket => _tmuxSocket.Task;

    /// <summary>The last that overmind said on its standard error.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints) return [.. _complaints];
        }
    }

    public OvermindProcess? Find(string name) => _byName.GetValueOrDefault(name);

    public async Task<TimeSpan> ReadAsync(IReadOnlyList<OvermindOutputText> texts)
    {
        await gate.RunAsync(async () =>
        {
            foreach (var text in texts)
                if (text.Process is { } name && _byName.TryGetValue(name, out var process)) await process.ReadAsync(text);
                else await RecordMessageAsync(text);
        });
        return FlushDue();
    }

    public async Task<TimeSpan> FlushAsync()
    {
        await gate.RunAsync(async () =>
        {
            foreach (var process in all) await process.FlushAsync();
        });
        return FlushDue();
    }

    public async Task ComplainAsync(string line)
    {
        lock (_complaints)
        {
            _complaints.Add(line);
            if (_complaints.Count > MostComplaints) _complaints.RemoveAt(0);
        }

        recorder.SystemNotice(VisibleText.Of(line));
    }

    /// <summary>Takes the whole table.</summary>
    public Task ObserveAsync(IReadOnlyList<OvermindStatus> rows, long askedAt, long allReadAt) => gate.RunAsync(async () =>
    {
        foreach (var process in all) await process.ObserveAsync(rows.FirstOrDefault(r => r.Name == process.Name), askedAt, allReadAt);
    });

    private TimeSpan FlushDue() => all.Select(p => p.FlushDue).Where(due => due != Timeout.InfiniteTimeSpan)
        .DefaultIfEmpty(Timeout.InfiniteTimeSpan).Min();

    private async Task RecordMessageAsync(OvermindOutputText text)
    {
        foreach (var line in Encoding.UTF8.GetString(text.Bytes.Span).TrimEnd('\n').Split('\n'))
        {
            var words = line.StartsWith("\e[1m", StringComparison.Ordinal) && line.EndsWith("\e[0m", StringComparison.Ordinal) ? line[4..^4] : line;
            if (text.Process == Itself && words.StartsWith(TmuxSocketMessage, StringComparison.Ordinal))
                _tmuxSocket.TrySetResult(words[TmuxSocketMessage.Length..]);
            recorder.SystemNotice(VisibleText.Of(text.Process is null or Itself ? words : $"{text.Process} | {words}"));
        }
    }
}
