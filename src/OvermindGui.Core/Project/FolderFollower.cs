using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project;

/// <summary>
/// Keeps a running program working when its folder is moved or renamed. An open descriptor stays with the folder, and the kernel reports
/// its current path; open files are not affected anyway. Linux only: on other systems a moved folder counts as missing.
/// </summary>
public sealed class FolderFollower : IDisposable
{
    private const string Deleted = " (deleted)";

    private readonly ProjectFolder _folder;
    private readonly SafeFileHandle _root;
    private readonly SafeFileHandle _data;

    /// <exception cref="IOException">A folder cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be opened.</exception>
    public FolderFollower(ProjectFolder folder)
    {
        _folder = folder;
        _root = FileOpening.Open(folder.Root, OpenModes.FollowLinks);
        _data = FileOpening.Open(folder.Data, OpenModes.FollowLinks);
    }

    /// <summary>Checks the folder's location and updates its paths if it was moved; returns true in that case.</summary>
    public bool Follow()
    {
        var (root, data) = (PlaceOf(_root, _folder.Root), PlaceOf(_data, _folder.Data));
        if (root == _folder.Root && data == _folder.Data) return false;
        _folder.MoveTo(root, data);
        return true;
    }

    public void Dispose()
    {
        _root.Dispose();
        _data.Dispose();
    }

    // Keeps the original path as long as it leads to the folder, even through links, and when the folder was deleted.
    private static string PlaceOf(SafeFileHandle folder, string known)
    {
        if (FileStatus.Of(folder) is not { } status || FileIdentity.Of(known) == status.Identity) return known;
        var place = new FileInfo($"/proc/self/fd/{folder.DangerousGetHandle()}").LinkTarget;
        return place is not null && !place.EndsWith(Deleted, StringComparison.Ordinal) && FileIdentity.Of(place) == status.Identity ? place : known;
    }
}
