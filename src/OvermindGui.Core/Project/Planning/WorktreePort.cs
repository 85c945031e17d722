using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OvermindGui.Core.Project.Planning;

/// <summary>The default base port: 5000, and in a linked Git worktree one of its own, so that two checkouts do not fight over ports.</summary>
internal static class WorktreePort
{
    private const int Usual = 5_000;
    private const int First = 10_000;
    private const int Count = 20_000;

    /// <summary>The same for the same path, on every start and machine.</summary>
    public static int DefaultFor(string folder) => GitFolder.Of(folder) is { IsLinkedWorktree: true }
        ? First + (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(folder))) % Count)
        : Usual;
}
