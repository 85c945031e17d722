using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Failures;

/// <remarks>
/// Programs of ours take turns by the lock. An editor knows no lock: so the file is read once more right before it is replaced, and the edit
/// starts over when somebody has saved in between.
/// </remarks>
public sealed partial class DeclarationsFile
{
    private const string TemporaryName = "." + ProjectFolder.DeclarationsFileName + ".tmp";
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long what is unsettled may take to settle.</summary>
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

    /// <summary>False when the file is no longer what it was.</summary>
    private bool TryReplace(DeclarationsLook before, byte[] after)
    {
        var target = Target();
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, TemporaryName);
        File.Delete(temporary); // left by a program that was killed: we hold the lock
        try
        {
            // CreateNew follows no link that somebody may have put there.
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

    // A link to elsewhere is a person's arrangement: neither the link nor what it leads to is ours to replace.
    private string Target()
    {
        if (new FileInfo(folder.Declarations).LinkTarget is null) return folder.Declarations;
        var target = File.ResolveLinkTarget(folder.Declarations, returnFinalTarget: true)!.FullName;
        // The folders on the way may be links, too.
        var parent = RealPath.Of(Path.GetDirectoryName(target)!) + Path.DirectorySeparatorChar;
        if (parent.StartsWith(RealPath.Of(folder.Root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return target;
        throw new IOException($"it is a link to {target}, outside of {folder}; edit that file, or replace the link");
    }
}
