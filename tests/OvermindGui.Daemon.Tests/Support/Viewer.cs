using System.Text;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Tests.Support;

/// <summary>A viewer of a process's terminal, over the daemon's socket; it collects what it is shown.</summary>
internal sealed partial class Viewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TerminalAttachment _attachment;
    private readonly Lock _gate = new();
    private readonly StringBuilder _received = new();
    private readonly List<TerminalSize> _sizes = [];
    private int _seen;
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Viewer(TerminalAttachment attachment)
    {
        _attachment = attachment;
        Ended = Task.Run(ReceiveAsync);
    }

    /// <summary>How it ended.</summary>
    public Task<TerminalMessage.Ended> Ended { get; }

    public string Received
    {
        get
        {
            lock (_gate) return _received.ToString();
        }
    }

    public static async Task<Viewer> AttachAsync(
        TestDaemon daemon, string process, TerminalSize? window, bool readOnly = false, bool inputOnly = false)
    {
        var request = new AttachRequest(process, new Initiator(InitiatorKind.CommandLine, "test"), window, readOnly, inputOnly);
        var viewer = new Viewer((await TerminalAttachment.TryOpenAsync(daemon.Folder, request, TestContext.Current.CancellationToken))!);
        await Task.WhenAny(viewer._accepted.Task, viewer.Ended);
        Assert.False(viewer.Ended.IsCompleted, viewer.Ended.IsCompleted ? viewer.Ended.Result.Message : "");
        return viewer;
    }

    public Task TypeAsync(string keys) => TypeAsync(Encoding.UTF8.GetBytes(keys));

    public async Task TypeAsync(byte[] keys) => Assert.True(await _attachment.TypeAsync(keys, TestContext.Current.CancellationToken));

    public Task ResizeAsync(TerminalSize window) => _attachment.ResizeAsync(window, TestContext.Current.CancellationToken);

    public async Task DetachAsync()
    {
        await _attachment.DetachAsync(TestContext.Current.CancellationToken);
        await Ended;
    }

    public Task WaitForAsync(string text) => UntilAsync(() => _received.ToString().Contains(text, StringComparison.Ordinal), text);

    /// <summary>The same for text that comes behind what was waited for before. Sequences in between do not count.</summary>
    public Task WaitForNextAsync(string text) => UntilAsync(
        () =>
        {
            var plain = Sequences().Replace(_received.ToString(), "");
            var at = plain.IndexOf(text, Math.Min(_seen, plain.Length), StringComparison.Ordinal);
            if (at >= 0) _seen = at + text.Length;
            return at >= 0;
        },
        text);

    public Task WaitForSizeAsync(TerminalSize size) => UntilAsync(() => _sizes.Contains(size), size.ToString());

    public ValueTask DisposeAsync() => _attachment.DisposeAsync();

    [GeneratedRegex(@"\e(\[[0-?]*[ -/]*[@-~]|\][^\a\e]*(\a|\e\\)|[ -/]*[0-~])")]
    private static partial Regex Sequences();

    private async Task UntilAsync(Func<bool> condition, string words)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            Task news;
            lock (_gate)
            {
                if (condition()) return;
                news = _news.Task;
            }

            try
            {
                await news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"Still not shown: {words}\n{Received}");
            }
        }
    }

    private async Task<TerminalMessage.Ended> ReceiveAsync()
    {
        await foreach (var message in _attachment.ReceiveAsync(CancellationToken.None))
        {
            if (message is TerminalMessage.Ended end) return end;
            if (message is TerminalMessage.Accepted) _accepted.TrySetResult();
            if (message is TerminalMessage.Output output) Add(output);
        }

        throw new InvalidOperationException("The last message says how it ended");
    }

    private void Add(TerminalMessage.Output output)
    {
        lock (_gate)
        {
            _received.Append(Encoding.UTF8.GetString(output.Data.Span));
            if (output.Size is { } size) _sizes.Add(size);
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
