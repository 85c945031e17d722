using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project;

/// <summary>Replaces a hand-written file of the project by a changed one, in one step and with its mode. The caller holds the folder's lock.</summary>
public static class FileReplacement
{
    /// <param name="path">Absolute; need not exist.</param>
    /// <param name="root">The project's folder: a link that leads out of it is not followed.</param>
    /// <param name="isUnchanged">Whether the file is still the one that was changed.</param>
    /// <returns>False when it is not; nothing was written then.</returns>
    /// <exception cref="IOException">It cannot be written, or leads out of the folder.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static bool TryReplace(string path, string root, ReadOnlySpan<byte> content, Func<bool> isUnchanged)
    {
        var target = TargetOf(path, root);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(path)}.tmp");
        File.Delete(temporary); // left by a killed program: the caller holds the lock
        try
        {
            // CreateNew does not follow a planted link.
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                if (File.Exists(target) && !OperatingSystem.IsWindows()) File.SetUnixFileMode(file.SafeFileHandle, File.GetUnixFileMode(target));
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            if (!isUnchanged()) return false;
            File.Move(temporary, target, overwrite: true);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // A link to another folder is intentional: replace neither the link nor its target.
    private static string TargetOf(string path, string root)
    {
        if (new FileInfo(path).LinkTarget is null) return path;
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        // Folders in the path may also be links.
        var parent = RealPath.Of(Path.GetDirectoryName(target)!) + Path.DirectorySeparatorChar;
        if (parent.StartsWith(RealPath.Of(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return target;
        throw new IOException($"it is a link to {target}, outside of {root}; edit that file, or replace the link");
    }
}
