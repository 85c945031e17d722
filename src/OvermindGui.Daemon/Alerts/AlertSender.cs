using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Text;
using CliWrap;
using Microsoft.Extensions.Logging;
using OvermindGui.Core.Alerts;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Secrets;
using OvermindGui.Core.Storage;
using OvermindGui.Daemon.Launching;
using OvermindGui.Daemon.Persistence;
using OvermindGui.Daemon.Supervision;

namespace OvermindGui.Daemon.Alerts;

/// <summary>Why an alert says something.</summary>
internal enum AlertState
{
    Firing,
    Resolved,
    Test,
}

/// <summary>
/// Records what fires, and carries its actions out beside everything else: a webhook that is slow or gone delays nothing, not even another alert.
/// </summary>
internal sealed class AlertSender(
    ISupervisor supervisor, IAlertPlan plan, Registration registration, WriteQueue queue, EventRecorder recorder, ProjectFolder folder, TimeProvider time,
    ILogger<AlertSender> logger)
{
    private const int MostUnderWay = 50;
    private const int Tries = 3;
    private static readonly TimeSpan WebhookLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(1);

    private static readonly HttpClient Client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each try has its own
    };

    private readonly ConcurrentDictionary<string, double> _mutedUntil = new();
    private int _underWay;

    /// <summary>Mutes made by an earlier daemon.</summary>
    public void RestoreMutes(OvermindDatabase database)
    {
        using var connection = database.OpenConnection();
        foreach (var (rule, until) in connection.Query("SELECT rule, until FROM alert_mutes WHERE until > $1", row => (row.GetString(0), row.GetDouble(1)), time.Seconds()))
            _mutedUntil[rule] = until;
    }

    public bool IsMuted(string rule) => _mutedUntil.TryGetValue(rule, out var until) && time.Seconds() < until;

    /// <param name="minutes">0 ends the mute.</param>
    public void Mute(string rule, int minutes)
    {
        var until = _mutedUntil[rule] = time.Seconds() + minutes * 60.0;
        queue.Enqueue(new RowChange("INSERT INTO alert_mutes(rule, until) VALUES ($1, $2) ON CONFLICT(rule) DO UPDATE SET until = $2", rule, until));
    }

    public void Fire(AlertRule rule, string? process, RunIdentity? run, string message, AlertState state)
    {
        logger.LogWarning("Alert {Rule} ({State}): {Message}", rule.Name, state, message);
        var notifies = rule.Actions.Any(a => a is SimpleAction { Kind: SimpleActionKind.Browser });
        var at = time.Seconds();
        queue.Enqueue(new RowChange(
            "INSERT INTO alert_hits(rule, process_id, run_id, time, message, outcome, notifies, is_test) VALUES ($1, $2, $3, $4, $5, '', $6, $7)",
            rule.Name, ProcessId(process), run?.RunId, at, message, notifies, state == AlertState.Test));
        CarryOut(rule, process, run, message, state, at);
    }

    /// <summary>The condition has ended: says so by the actions that say something.</summary>
    public void Resolve(AlertRule rule, string? process, RunIdentity? run, string message)
    {
        RecordEnd(rule, process);
        CarryOut(rule, process, run, message, AlertState.Resolved, time.Seconds());
    }

    /// <summary>Records that the condition has ended.</summary>
    public void RecordEnd(AlertRule rule, string? process) => queue.Enqueue(new RowChange(
        "UPDATE alert_hits SET resolved_at = $3 WHERE rule = $1 AND process_id IS $2 AND resolved_at IS NULL AND is_test = 0", rule.Name, ProcessId(process), time.Seconds()));

    private int? ProcessId(string? process) => process is null ? null : registration.IdOf(process, queue);

    private void CarryOut(AlertRule rule, string? process, RunIdentity? run, string message, AlertState state, double at)
    {
        var words = new AlertMessage(
            rule.Name, process, folder.Name, state.ToString().ToLowerInvariant(), message,
            UnixTime.FromSeconds(time.Seconds()).ToString("yyyy-MM-ddTHH:mm:ssK", CultureInfo.InvariantCulture));
        foreach (var action in rule.Actions)
        {
            if (Interlocked.Increment(ref _underWay) > MostUnderWay)
            {
                Interlocked.Decrement(ref _underWay);
                Record(rule, at, $"{action.Text}: left out, because {MostUnderWay} others are still under way");
                continue;
            }

            _ = Task.Run(async () =>
            {
                string outcome;
                try
                {
                    outcome = await CarryOutAsync(action, words, run, state);
                }
                catch (Exception e)
                {
                    logger.LogError(e, "An action of the alert {Rule} failed", rule.Name);
                    outcome = $"failed: {e.Message}";
                }

                Interlocked.Decrement(ref _underWay);
                if (outcome.Length > 0 && state != AlertState.Resolved) Record(rule, at, $"{action.Text}: {outcome}");
            });
        }
    }

    private void Record(AlertRule rule, double at, string outcome) => queue.Enqueue(new RowChange(
        "UPDATE alert_hits SET outcome = CASE outcome WHEN '' THEN $3 ELSE outcome || char(10) || $3 END WHERE rule = $1 AND time = $2", rule.Name, at, outcome));

    private async Task<string> CarryOutAsync(AlertAction action, AlertMessage message, RunIdentity? run, AlertState state)
    {
        switch (action)
        {
            case WebhookAction webhook:
                return await PostAsync(webhook, message);
            case CommandAction command:
                return await RunAsync(command.Command, message);
            case SimpleAction { Kind: SimpleActionKind.Desktop }:
                return await NotifyDesktopAsync(message);
            case SimpleAction { Kind: SimpleActionKind.Browser }:
                return "shown in open pages";
            case SimpleAction { Kind: SimpleActionKind.Mark }:
                var text = $"Alert \"{message.Rule}\"{(state == AlertState.Firing ? "" : $" ({message.State})")}: {message.Message}";
                var level = state == AlertState.Firing ? LineLevel.Error : LineLevel.None;
                if (run is null) recorder.SystemNotice(text, level);
                else recorder.Notice(run, text, level);
                return "in the log";
            case SimpleAction { Kind: var kind }:
                if (state != AlertState.Firing) return state == AlertState.Test ? "not in a test" : "";
                var command2 = kind == SimpleActionKind.Restart ? CommandKind.Restart : CommandKind.Stop;
                return (await supervisor.ExecuteAsync(command2, message.Process, new Initiator(InitiatorKind.Alert, message.Rule), "alert")).Message;
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, null);
        }
    }

    private async Task<string> PostAsync(WebhookAction action, AlertMessage message)
    {
        if (Placeholders.Expand(action.Url, plan.Variable, out var missing) is not { } address) return $"not sent: the variable {missing} is not set";
        // Neither address nor answer is shown: the one is a secret, the other may repeat it.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return "not sent: its address is no URL of http or https";
        var (url, json) = message.ToRequest(action, uri);
        for (var attempt = 1; ; attempt++)
        {
            var (problem, isFinal) = await TryPostAsync(url, json);
            if (problem is null) return attempt == 1 ? "sent" : $"sent at attempt {attempt}";
            if (isFinal || attempt == Tries) return $"not sent after {Quantity.Of(attempt, "try", "tries")}: {problem}";
            await Task.Delay(TimeSpan.FromMilliseconds(500 * Math.Pow(3, attempt - 1)), time);
        }
    }

    private static async Task<(string? Problem, bool IsFinal)> TryPostAsync(Uri url, string json)
    {
        using var limit = new CancellationTokenSource(WebhookLimit);
        try
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            using var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            return status is >= 200 and < 300 ? (null, true) : ($"answered with status {status}", status is >= 300 and < 500 and not (408 or 429));
        }
        catch (OperationCanceledException)
        {
            return ($"no answer within {WebhookLimit.TotalSeconds:0} s", false);
        }
        catch (HttpRequestException e)
        {
            return (e.HttpRequestError == HttpRequestError.Unknown ? "it cannot be reached" : $"it cannot be reached ({e.HttpRequestError})", false);
        }
    }

    private async Task<string> RunAsync(string command, AlertMessage message)
    {
        using var limit = new CancellationTokenSource(CommandLimit);
        var tagged = new TaggedCommand(
            SessionCommands.ForThisSystem()(SessionCommands.SystemShell, command, null).WithWorkingDirectory(folder.Root).WithEnvironmentVariables(message.ToVariables()),
            Core.Control.ProcessTag.Of(folder, Core.Control.ProcessTag.Overmind));
        var exit = await new CompanionCommand(tagged, time).RunAsync(_ => { }, limit.Token);
        return limit.IsCancellationRequested ? $"killed after {ShortDuration.Of(CommandLimit)}" : exit.ToString();
    }

    private static async Task<string> NotifyDesktopAsync(AlertMessage message)
    {
        using var limit = new CancellationTokenSource(WebhookLimit);
        try
        {
            var result = await Cli.Wrap("notify-send").WithArguments(["--app-name=Overmind GUI", "--", message.Title, message.Message])
                .WithValidation(CommandResultValidation.None).ExecuteAsync(limit.Token);
            return result.ExitCode == 0 ? "shown" : $"not shown: notify-send ended with code {result.ExitCode}; is there a desktop?";
        }
        catch (Exception e) when (e is Win32Exception)
        {
            return "not shown: notify-send is not installed (package libnotify-bin)";
        }
        catch (OperationCanceledException)
        {
            return "not shown: notify-send did not end";
        }
    }
}
