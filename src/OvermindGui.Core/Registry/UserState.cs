using System.Globalization;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Registry;

/// <summary>
/// The folder in which the programs of one user find each other: <c>overmind-gui</c> in <c>XDG_STATE_HOME</c>, or in <c>~/.local/state</c>. Only
/// its owner may enter it; what belongs to others, or is a link, is not used.
/// </summary>
/// <param name="path">Absolute path; need not exist.</param>
public sealed class UserState(string path)
{
    private const string Variable = "XDG_STATE_HOME";
    private const string Name = "overmind-gui";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Foreign = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Absolute path of the folder.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(path);

    /// <summary>Null for a user without a home folder. A relative path in the variable does not count, as its specification says.</summary>
    public static UserState? OfThisUser()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } given && System.IO.Path.IsPathRooted(given)) return new UserState(System.IO.Path.Combine(given, Name));
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return System.IO.Path.IsPathRooted(home) ? new UserState(System.IO.Path.Combine(home, ".local", "state", Name)) : null;
    }

    /// <summary>A folder of it, made if it is missing.</summary>
    /// <exception cref="IOException">It cannot be made, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public string Create(string folder)
    {
        var parent = System.IO.Path.GetDirectoryName(Path)!;
        Make(parent);
        if (FileStatus.Of(parent, followLinks: true) is { Mode: var mode } && mode.HasFlag(UnixFileMode.OtherWrite) && !mode.HasFlag(UnixFileMode.StickyBit))
            throw new IOException($"every user may write to {parent}, so nothing in it is safe");
        return Own(Own(Path), folder);
    }

    /// <summary>A folder of it; null when it is missing.</summary>
    /// <exception cref="IOException">It is not safe.</exception>
    public string? Find(string folder)
    {
        var full = System.IO.Path.Combine(Path, folder);
        if (FileStatus.Of(Path) is null || FileStatus.Of(full) is null) return null;
        Check(Path);
        Check(full);
        return full;
    }

    private static string Own(string parent, string folder) => Own(System.IO.Path.Combine(parent, folder));

    private static string Own(string folder)
    {
        Make(folder);
        Check(folder);
        return folder;
    }

    private static void Make(string folder)
    {
        if (FileStatus.Of(folder) is not null) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Mode);
    }

    private static void Check(string folder)
    {
        if (FileStatus.Of(folder) is not { } status) return;
        if (status.Kind != FileKind.Folder) throw new IOException($"{folder} is no folder, and links are not followed; remove it");
        if (status.Owner is { } owner && owner != NativeProcess.EffectiveUser())
            throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{folder} belongs to another user (uid {owner}); set {Variable} to a folder of your own"));
        if ((status.Mode & Foreign) != UnixFileMode.None && !OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, Mode);
    }
}
