namespace OvermindGui.Core.Posix;

/// <summary>Files that hold secrets, in folders into which somebody else may have put links, such as a repository that was cloned.</summary>
public static class PrivateFile
{
    /// <summary>For its owner alone (0600).</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A new file. Neither another file nor a link of the name is taken for it (O_EXCL).</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>An empty file, unless there is one of the name.</summary>
    public static void CreateMissing(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // somebody else was first
        }
    }
}
