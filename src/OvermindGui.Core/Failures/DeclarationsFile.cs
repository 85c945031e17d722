using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <summary>The file cannot be read or changed. The message is meant for the user.</summary>
public sealed class DeclarationsFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// <c>failure_declarations.json</c>, shared by daemon, dashboard, CLI and editors. It works with and without a daemon: every change goes to
/// the file, and the daemon watches it.
/// </summary>
public sealed class DeclarationsFile(ProjectFolder folder, TimeProvider time)
{
    private const int MaxSize = 1024 * 1024;
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    private DeclarationsSnapshot? _last; // cached, because some callers read often

    public ProjectFolder Folder => folder;

    /// <summary>The current content, including any problems.</summary>
    public DeclarationsReading Read()
    {
        var (snapshot, last) = (TakeSnapshot(), _last);
        if (!snapshot.IsSameAs(last)) _last = last = snapshot;
        return last!.Reading;
    }

    /// <summary>A snapshot of the file, for detecting changes.</summary>
    public DeclarationsSnapshot TakeSnapshot()
    {
        try
        {
            return new DeclarationsSnapshot(BoundedFileReader.Read(folder.Declarations, MaxSize), null);
        }
        catch (FileNotFoundException)
        {
            return new DeclarationsSnapshot(null, null); // never created, or removed
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DeclarationsSnapshot(null, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Adds a failure declaration to a process. Repeating it only updates the action, if one is given.</summary>
    /// <returns>The declarations of the process.</returns>
    /// <exception cref="DeclarationsFileException">The declaration or the file cannot be used, or the file cannot be written.</exception>
    public Task<IReadOnlyList<FailureDeclaration>> AddAsync(
        string process, FailureDeclaration declaration, CancellationToken cancellationToken) => declaration.FindProblem() is { } problem
            ? throw new DeclarationsFileException(problem)
            : EditAsync(process, DeclarationsEdits.Add(process, declaration), cancellationToken);

    /// <summary>Changes a declaration in place, in one step; keeps its position and the other fields of its entry.</summary>
    /// <returns>The declarations of the process.</returns>
    /// <exception cref="DeclarationsFileException">
    /// The declaration or the file cannot be used, the former is no longer there, or the file cannot be written.
    /// </exception>
    public async Task<IReadOnlyList<FailureDeclaration>> ReplaceAsync(
        string process, FailureDeclaration former, FailureDeclaration declaration, CancellationToken cancellationToken)
    {
        if (declaration.FindProblem() is { } problem) throw new DeclarationsFileException(problem);
        var now = await EditAsync(process, DeclarationsEdits.Replace(process, former, declaration), cancellationToken);
        return now.Any(declaration.LooksFor) ? now : throw new DeclarationsFileException($"\"{former.Pattern}\" is no longer declared for {process}");
    }

    /// <summary>Removes the declarations of a pattern; does nothing if there are none.</summary>
    /// <param name="isRegex">True for regular expressions only, false for plain texts only, null for both.</param>
    /// <returns>The remaining declarations of the process.</returns>
    /// <exception cref="DeclarationsFileException">The file cannot be used or written.</exception>
    public Task<IReadOnlyList<FailureDeclaration>> RemoveAsync(
        string process, string pattern, bool? isRegex, CancellationToken cancellationToken) =>
        EditAsync(process, DeclarationsEdits.Remove(process, pattern, isRegex), cancellationToken);

    /// <summary>Time limit for the file to become stable.</summary>
    public static TimeSpan SettlingTime { get; } = TimeSpan.FromMilliseconds(100);

    private async Task<IReadOnlyList<FailureDeclaration>> EditAsync(string process, DeclarationsEdit edit, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await FolderLock.AcquireAsync(folder.Root, LockTimeout, time, cancellationToken);
            DeclarationsSnapshot? unsettled = null;
            while (true)
            {
                var before = TakeSnapshot();
                if (before.IsUnsettled && !before.IsSameAs(unsettled))
                {
                    unsettled = before;
                    await Task.Delay(SettlingTime, time, cancellationToken);
                }
                else if (before.Reading.Problems.Count > 0)
                    throw new DeclarationsFileException($"Fix the file first:\n{string.Join('\n', before.Reading.Problems)}");
                else if (edit(before.Bytes) is not { } after)
                    return before.Reading.For(process);
                else if (FileReplacement.TryReplace(folder.Declarations, folder.Root, after, () => before.IsSameAs(TakeSnapshot())))
                    return DeclarationsParser.Parse(after).For(process);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeclarationsFileException($"{ProjectFolder.DeclarationsFileName} cannot be written: {e.Message}", e);
        }
    }
}
