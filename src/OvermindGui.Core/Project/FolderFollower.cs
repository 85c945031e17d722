using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Project;

/// <summary>
/// Keeps a running program with its folder when that is moved or renamed. An open descriptor stays with the folder, and the kernel says where it
/// is now; files that are open go along anyway. Linux only: elsewhere a moved folder is a missing one.
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

    /// <summary>Looks where the folder is, and changes its paths when it was moved; true then.</summary>
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

    // As it was while it leads there, by whatever links; and when it leads nowhere any more, because it was deleted.
    private static string PlaceOf(SafeFileHandle folder, string known)
    {
        if (FileStatus.Of(folder) is not { } status || FileIdentity.Of(known) == status.Identity) return known;
        var place = new FileInfo($"/proc/self/fd/{folder.DangerousGetHandle()}").LinkTarget;
        return place is not null && !place.EndsWith(Deleted, StringComparison.Ordinal) && FileIdentity.Of(place) == status.Identity ? place : known;
    }
}
