namespace OvermindGui.Core.Posix;

/// <summary>Creates files that hold secrets, in folders that may contain planted links, such as a cloned repository.</summary>
public static class PrivateFile
{
    /// <summary>Readable and writable by the owner only (0600).</summary>
    public const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Creates a new file. Never opens an existing file or follows a link of that name (O_EXCL).</summary>
    /// <exception cref="IOException">The name is taken.</exception>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>Creates an empty file unless the name exists.</summary>
    public static void CreateMissing(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // another process was first
        }
    }
}
