using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Control;

/// <summary>
/// The highest tier that people allow agents in this project, whatever the agents' own configuration says. It has a file of its own, so that
/// it applies without a daemon and survives the database.
/// </summary>
public sealed class AgentPolicyFile(ProjectFolder folder)
{
    private const int LongestContent = 64;

    /// <summary>Every tier while nothing is chosen. A file that cannot be read or understood allows reading only.</summary>
    public AgentTier Read()
    {
        try
        {
            using var file = FileOpening.OpenRegular(folder.AgentPolicyFile);
            Span<byte> bytes = stackalloc byte[LongestContent];
            var word = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(file, bytes, 0)]).Trim();
            return word == AgentTier.None.ToText() ? AgentTier.None : AgentTiers.Parse(word) ?? AgentTier.Read;
        }
        catch (FileNotFoundException)
        {
            return AgentTier.Run;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return AgentTier.Read;
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Write(AgentTier highest)
    {
        var temporary = $"{folder.AgentPolicyFile}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = PrivateFile.Create(temporary)) file.Write(Encoding.ASCII.GetBytes(highest.ToText() + "\n"));
            File.Move(temporary, folder.AgentPolicyFile, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
