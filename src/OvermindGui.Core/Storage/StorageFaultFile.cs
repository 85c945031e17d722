using System.Text;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// How a daemon that cannot write its database tells others so: by a file that is there as long as it cannot. A full disk still takes the
/// name of an empty file, and most often its few words.
/// </summary>
public sealed class StorageFaultFile(ProjectFolder folder)
{
    private const int LongestText = 4096;
    private const string NoWords = "The daemon cannot write the database";

    /// <summary>What the living daemon says; null when all is well. Ask only while one lives: a killed one leaves its file.</summary>
    public string? Read()
    {
        try
        {
            using var file = FileOpening.OpenRegular(folder.StorageFaultFile);
            var bytes = new byte[LongestText];
            return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0)).Trim() is { Length: > 0 } words ? words : NoWords;
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return NoWords; // something of this name is there
        }
    }

    /// <summary>Tells of a trouble; false when not even that could be written.</summary>
    public bool Tell(string words)
    {
        try
        {
            using var file = FileOpening.OpenRegular(folder.StorageFaultFile, OpenModes.Write | OpenModes.Create);
            RandomAccess.SetLength(file, 0);
            RandomAccess.Write(file, Encoding.UTF8.GetBytes(words), 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>All is well again.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(folder.StorageFaultFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system that turned read-only keeps it; the database has the same trouble then, and the next look tries again.
        }
    }
}
