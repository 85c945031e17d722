using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Failures;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Persistence;

namespace OvermindGui.Daemon.Alerts;

/// <summary>Looks at what processes print, for alerts: when they printed last, and lines that match. Called by the threads that read output.</summary>
internal sealed class LineObserver(TimeProvider time)
{
    private const int Remembered = 64; // lines that matched and may be changed once more

    private readonly ConcurrentDictionary<int, long> _lastOutput = new();
    private volatile IReadOnlyDictionary<int, IReadOnlyList<Watched>> _watched = new Dictionary<int, IReadOnlyList<Watched>>();

    /// <summary>A rule about the lines of a process, and when lines matched.</summary>
    internal sealed class Watched(AlertRule rule, BudgetedRegex pattern, Action<string> runaway)
    {
        private readonly Lock _gate = new();
        private readonly Queue<(long At, string Text)> _matches = [];
        private readonly Queue<long> _numbers = [];
        private bool _isOff;

        public AlertRule Rule => rule;

        public void Look(string text, long? number, long at)
        {
            lock (_gate)
            {
                if (_isOff || (number is { } known && _numbers.Contains(known))) return;
                try
                {
                    if (!pattern.Matches(text)) return;
                }
                catch (RegexMatchTimeoutException)
                {
                    _isOff = true;
                    runaway(rule.Name);
                    return;
                }

                _matches.Enqueue((at, text));
                if (_matches.Count > ((PrintsCondition)rule.When).Times) _matches.Dequeue();
                if (number is not { } one) return;
                _numbers.Enqueue(one);
                if (_numbers.Count > Remembered) _numbers.Dequeue();
            }
        }

        /// <summary>The last line, when enough have matched in time; they then count no more.</summary>
        public string? Take(TimeProvider time)
        {
            var condition = (PrintsCondition)rule.When;
            lock (_gate)
            {
                while (_matches.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) > condition.Within) _matches.Dequeue();
                if (_matches.Count < condition.Times) return null;
                var last = _matches.Last().Text;
                _matches.Clear();
                return last;
            }
        }
    }

    /// <summary>The rules to look for, by the ids of the processes.</summary>
    public void Watch(IReadOnlyDictionary<int, IReadOnlyList<Watched>> watched) => _watched = watched;

    /// <summary>Timestamp of the last output of a process; null when there was none.</summary>
    public long? LastOutput(int process) => _lastOutput.TryGetValue(process, out var at) ? at : null;

    /// <summary>Looks at lines on their way to the database. Never waits.</summary>
    public void Look(LineBatch batch)
    {
        if (batch.Source == LineSource.Notice) return;
        var now = time.GetTimestamp();
        _lastOutput[batch.ProcessId] = now;
        if (!_watched.TryGetValue(batch.ProcessId, out var rules)) return;
        foreach (var rule in rules)
        {
            foreach (var line in batch.Live?.Amended ?? []) rule.Look(line.Content.Text, line.Number, now);
            foreach (var (index, line) in batch.Lines.Index()) rule.Look(line.Text, batch.Live?.FirstNumber + index, now);
        }
    }
}
