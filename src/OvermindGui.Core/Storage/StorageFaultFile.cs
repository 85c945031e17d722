using System.Text;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// A marker file that exists while the daemon cannot write its database, so that other programs can report the fault. Even a full disk
/// usually has room for an empty file's name, and mostly for a short message.
/// </summary>
public sealed class StorageFaultFile(ProjectFolder folder)
{
    private const int LongestText = 4096;
    private const string NoWords = "The daemon cannot write the database";

    /// <summary>Whether there may be a message.</summary>
    public bool Exists => FileStatus.Of(folder.StorageFaultFile) is not null;

    /// <summary>
    /// The living daemon's message; null when it can write. Call this only while a daemon lives: a killed daemon leaves its file behind.
    /// </summary>
    public string? Read()
    {
        if (!Exists) return null; // without the exception that opening it would cost
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
            return NoWords; // the name is taken by something else
        }
    }

    /// <summary>Reports a storage fault; false when even this file could not be written.</summary>
    public bool Write(string words)
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

    /// <summary>Removes the file after the fault is over.</summary>
    public void Clear()
    {
        try
        {
            File.Delete(folder.StorageFaultFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file system that became read-only keeps the file. The database then has the same fault, and the next check tries again.
        }
    }
}
