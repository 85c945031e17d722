using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <summary>The file cannot be read or changed. The message is for the person who tried.</summary>
public sealed class DeclarationsFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// <c>failure_declarations.json</c>, which daemon, dashboard, command line and people with editors share. It works with and without a
/// daemon: whoever changes a declaration changes the file, and the daemon watches it.
/// </summary>
public sealed partial class DeclarationsFile(ProjectFolder folder, TimeProvider time)
{
    private const int MaxSize = 1024 * 1024;

    private DeclarationsLook? _last; // who asks often is answered without parsing again

    public ProjectFolder Folder => folder;

    /// <summary>What the file says now; what is wrong with it is part of the answer.</summary>
    public DeclarationsReading Read()
    {
        var (look, last) = (Look(), _last);
        if (!look.IsSameAs(last)) _last = last = look;
        return last!.Reading;
    }

    /// <summary>The file as it is now, for who wants to know whether it changes.</summary>
    public DeclarationsLook Look()
    {
        try
        {
            return new DeclarationsLook(BoundedFileReader.Read(folder.Declarations, MaxSize), null);
        }
        catch (FileNotFoundException)
        {
            return new DeclarationsLook(null, null); // none was declared, or it was removed
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new DeclarationsLook(null, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Declares a failure of a process. A second time changes nothing, but sets the action where one is given.</summary>
    /// <returns>The declarations of the process.</returns>
    /// <exception cref="DeclarationsFileException">The declaration or the file cannot be used, or the file cannot be written.</exception>
    public Task<IReadOnlyList<FailureDeclaration>> AddAsync(
        string process, FailureDeclaration declaration, CancellationToken cancellationToken) => declaration.FindProblem() is { } problem
            ? throw new DeclarationsFileException(problem)
            : EditAsync(process, DeclarationsEdits.Add(process, declaration), cancellationToken);

    /// <summary>Changes a declaration where it stands, in one step: its rank and what else its entry in the file holds are kept.</summary>
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

    /// <summary>Removes the declarations of a pattern; one that is not there changes nothing.</summary>
    /// <param name="isRegex">Only a regular expression, or only what is none; null for both.</param>
    /// <returns>The declarations that are left of the process.</returns>
    /// <exception cref="DeclarationsFileException">The file cannot be used or written.</exception>
    public Task<IReadOnlyList<FailureDeclaration>> RemoveAsync(
        string process, string pattern, bool? isRegex, CancellationToken cancellationToken) =>
        EditAsync(process, DeclarationsEdits.Remove(process, pattern, isRegex), cancellationToken);
}
