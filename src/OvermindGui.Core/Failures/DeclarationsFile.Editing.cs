using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <remarks>
/// A lock serialises our own programs. Editors ignore it, so the file is read again immediately before it is replaced, and the edit starts
/// over if the file has been saved in between.
/// </remarks>
public sealed partial class DeclarationsFile
{
    private const string TemporaryName = "." + ProjectFolder.DeclarationsFileName + ".tmp";
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Time limit for the file to become stable.</summary>
    public static TimeSpan SettlingTime { get; } = TimeSpan.FromMilliseconds(100);

    private async Task<IReadOnlyList<FailureDeclaration>> EditAsync(string process, DeclarationsEdit edit, CancellationToken cancellationToken)
    {
        try
        {
            using var turn = await FolderLock.AcquireAsync(folder.Root, LockTimeout, time, cancellationToken);
            DeclarationsLook? unsettled = null;
            while (true)
            {
                var before = Look();
                if (before.IsUnsettled && !before.IsSameAs(unsettled))
                {
                    unsettled = before;
                    await Task.Delay(SettlingTime, time, cancellationToken);
                }
                else if (before.Reading.Problems.Count > 0)
                    throw new DeclarationsFileException($"Mend the file first:\n{string.Join('\n', before.Reading.Problems)}");
                else if (edit(before.Bytes) is not { } after)
                    return before.Reading.For(process);
                else if (TryReplace(before, after))
                    return DeclarationsParser.Parse(after).For(process);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeclarationsFileException($"{ProjectFolder.DeclarationsFileName} cannot be written: {e.Message}", e);
        }
    }

    /// <summary>False when the file has changed since it was read.</summary>
    private bool TryReplace(DeclarationsLook before, byte[] after)
    {
        var target = Target();
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, TemporaryName);
        File.Delete(temporary); // left by a killed program: we hold the lock
        try
        {
            // CreateNew does not follow a planted link.
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                if (before.IsFile && !OperatingSystem.IsWindows())
                    File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
                file.Write(after);
                file.Flush(flushToDisk: true);
            }

            if (!before.IsSameAs(Look())) return false;
            File.Move(temporary, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A link to another folder is intentional: replace neither the link nor its target.
    private string Target()
    {
        if (new FileInfo(folder.Declarations).LinkTarget is null) return folder.Declarations;
        var target = File.ResolveLinkTarget(folder.Declarations, returnFinalTarget: true)!.FullName;
        // Folders in the path may also be links.
        var parent = RealPath.Of(Path.GetDirectoryName(target)!) + Path.DirectorySeparatorChar;
        if (parent.StartsWith(RealPath.Of(folder.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return target;
        throw new IOException($"it is a link to {target}, outside of {folder}; edit that file, or replace the link");
    }
}
