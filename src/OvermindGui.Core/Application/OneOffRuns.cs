using System.Globalization;
using System.Security.Cryptography;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;

namespace OvermindGui.Core.Application;

/// <summary>A program to run once.</summary>
/// <param name="Argv">The program and its arguments; no shell takes them apart.</param>
/// <param name="ProcessEnv">The process whose variables and folder it gets.</param>
/// <param name="Cwd">Its folder, within the project; relative to the project's.</param>
/// <param name="Keep">Whether it stays in the list of processes after its end.</param>
public sealed record OneOffRequest(
    IReadOnlyList<string> Argv, string? ProcessEnv = null, string? Cwd = null, bool Keep = false, double TimeoutS = 45, int MaxBytes = LogRequest.DefaultBytes);

/// <summary>The result of a program that was run once.</summary>
/// <param name="Result">exited, or running after a timeout: it goes on under supervision.</param>
/// <param name="Process">Its name among the processes, for logs, wait and stop.</param>
/// <param name="Exit">Exit code, 128 + n for a death by signal n.</param>
/// <param name="Output">Beginning and end of what it printed.</param>
public sealed record OneOffReport(int V, string Result, string Process, long? Run, int? Exit, long TookMs, LogReport Output, string? Cursor);

/// <summary>Implements <c>run</c>: its output is stored and can be searched like that of a process.</summary>
public sealed class OneOffRuns(ProjectSession session)
{
    private const int LongestWord = 24;
    private const int LargestCommand = 32_000;

    /// <summary>Starts it, and returns its name and the cursor from which its output follows.</summary>
    /// <exception cref="RequestException">It cannot be started.</exception>
    public async Task<(string Process, string? Cursor)> StartAsync(OneOffRequest request, CancellationToken cancellationToken)
    {
        if (request.Argv is not [{ Length: > 0 }, ..]) throw Refused("argv: expected a program and its arguments, as a list of words");
        if (request.Argv.Any(word => word.Contains('\0')) || request.Argv.Sum(word => word.Length) > LargestCommand)
            throw Refused($"argv: expected at most {LargestCommand} characters, without NUL");
        if (!DaemonLock.IsHeld(session.Folder)) throw new RequestException("no_daemon", "No daemon is running; ensure (overmind-gui up) starts it");
        var (name, cursor) = (NameOf(request.Argv[0]), LineCursor.Newest(session.Database)?.ToString());
        var command = new OneOffCommand(request.Argv, request.ProcessEnv, FolderOf(request.Cwd), request.Keep);
        var outcome = await session.Commands.RunAsync(name, command, cancellationToken);
        return outcome.Succeeded ? (name, cursor) : throw new RequestException("not_started", outcome.Message);
    }

    public async Task<OneOffReport> RunAsync(OneOffRequest request, CancellationToken cancellationToken)
    {
        var began = session.Time.GetTimestamp();
        var timeout = WaitTime.Of(request.TimeoutS, WaitQuery.Longest);
        var (name, cursor) = await StartAsync(request, cancellationToken);
        var wait = await new WaitQuery(session).WaitAsync(new WaitRequest([name], "exit", TimeoutS: timeout.TotalSeconds), null, cancellationToken);
        var output = new LogQuery(session).Read(new LogRequest([name], cursor, MaxBytes: request.MaxBytes));
        return new OneOffReport(
            1, wait.Result == "matched" ? "exited" : "running", name, new StatusQuery(session).Runs().GetValueOrDefault(name)?.Id, wait.Exit,
            (long)session.Time.GetElapsedTime(began).TotalMilliseconds, output, output.Cursor);
    }

    // npm-3f9a: what it is, and unlike any other.
    private static string NameOf(string program)
    {
        var word = string.Concat(Path.GetFileNameWithoutExtension(program).Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(LongestWord));
        return $"{(word.Length > 0 ? word : "run")}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}";
    }

    private string? FolderOf(string? cwd)
    {
        if (string.IsNullOrEmpty(cwd)) return null;
        var root = Posix.RealPath.Of(session.Folder.Root) ?? session.Folder.Root;
        var folder = Posix.RealPath.Of(Path.Combine(session.Folder.Root, cwd));
        return folder is not null && Directory.Exists(folder) && (folder == root || folder.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            ? folder
            : throw Refused(string.Create(CultureInfo.InvariantCulture, $"cwd: expected a folder of the project, found {cwd}"));
    }

    private static RequestException Refused(string message) => new(RequestException.BadRequestCode, message);
}
