using OvermindGui.Core.Project;

namespace OvermindGui.Core.Storage;

/// <summary>
/// How a daemon that cannot write its database tells others so: by a file that is there as long as it cannot. A full disk still takes the
/// name of an empty file, and most often its few words.
/// </summary>
public sealed class StorageFaultFile(ProjectFolder folder)
{
    private const string NoWords = "The daemon cannot write the database";

    /// <summary>What the living daemon says; null when all is well. Ask only while one lives: a killed one leaves its file.</summary>
    public string? Read()
    {
        try
        {
            return File.Exists(folder.StorageFaultFile) ? File.ReadAllText(folder.StorageFaultFile).Trim() is { Length: > 0 } words ? words : NoWords : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return File.Exists(folder.StorageFaultFile) ? NoWords : null; // it went while we looked
        }
    }

    /// <summary>Tells of a trouble; false when not even that could be written.</summary>
    public bool Tell(string words)
    {
        try
        {
            File.WriteAllText(folder.StorageFaultFile, words);
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
