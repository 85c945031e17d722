using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Web.Security;

/// <summary>The folder's token cannot be used. The message is meant for the user.</summary>
public sealed class TokenFileException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary><c>overmind-gui.token</c>: made once, kept for all later starts, for its owner's eyes alone.</summary>
public static class TokenFile
{
    private const int RandomBytes = 32;
    private const int LeastLength = 22; // 128 bits in Base64
    private const int MaxLength = 200;

    /// <summary>The token of a folder, made when there is none yet.</summary>
    /// <exception cref="TokenFileException">It can be neither read nor made, or is no secret.</exception>
    public static string ReadOrCreate(ProjectFolder folder)
    {
        var path = folder.TokenFile;
        try
        {
            if (!File.Exists(path) && new FileInfo(path).LinkTarget is null) Create(path);
            return Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenFileException($"The token cannot be read or made: {e.Message}", e);
        }
    }

    // Written under another name first: a process that starts at the same time must not read half a token.
    private static void Create(string path)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = PrivateFile.Create(temporary))
                file.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes)) + "\n"));
            FileNaming.TryName(temporary, path); // where another process was first, its token is used
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Read(string path)
    {
        using var handle = FileOpening.OpenRegular(path);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(handle) & ~(PrivateFile.Mode | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new TokenFileException($"{path} can be read by others, so it is no secret. Remove it, and the next start makes a new one");
        Span<byte> bytes = stackalloc byte[MaxLength + 1];
        var token = Encoding.ASCII.GetString(bytes[..RandomAccess.Read(handle, bytes, 0)]).Trim();
        if (token.Length is < LeastLength or >= MaxLength || !token.All(IsTokenCharacter))
            throw new TokenFileException(
                $"{path} does not hold a token: at least {LeastLength} letters, digits, - and _. Remove it, and the next start makes a new one");
        return token;
    }

    private static bool IsTokenCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
