using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Win32.SafeHandles;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Registry;

/// <summary>
/// Small JSON files in a folder of <see cref="UserState"/>, one for each thing that is registered, so that several programs write at once without
/// a lock. Each is written beside its name first and then moved there, so a reader sees all of it or nothing.
/// </summary>
internal static partial class RegistryFiles
{
    public const string Suffix = ".json";

    private const int LargestFile = 64 * 1024;
    private static readonly TimeSpan Leftover = TimeSpan.FromHours(1);

    /// <summary>The file's content; null when it is gone, is no regular file, belongs to another user or holds something else.</summary>
    public static T? Read<T>(string path) where T : class
    {
        using var file = FileOpening.TryOpenRegular(path);
        return file is null ? null : Read<T>(file);
    }

    /// <summary>The content of an open file.</summary>
    public static T? Read<T>(SafeFileHandle file) where T : class
    {
        if (FileStatus.Of(file) is { } status && (status.Owner != NativeProcess.EffectiveUser() || status.Size > LargestFile)) return null;
        var bytes = new byte[LargestFile];
        var length = RandomAccess.Read(file, bytes, 0);
        try
        {
            return JsonSerializer.Deserialize<T>(bytes.AsSpan(0, length), Format.Default.Options);
        }
        catch (JsonException)
        {
            return null; // not written by us
        }
    }

    /// <summary>Writes a file whole.</summary>
    /// <param name="move">Moves the written file to its name; false when the name is taken.</param>
    /// <param name="prepare">Called with the file before it gets its name.</param>
    /// <returns>Whether it has its name now.</returns>
    public static bool Write<T>(string folder, T content, Func<string, bool> move, Action<string>? prepare = null)
    {
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var file = PrivateFile.Create(temporary)) JsonSerializer.Serialize(file, content, Format.Default.Options);
            prepare?.Invoke(temporary);
            return move(temporary);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The registered names of a folder, in order. Removes what a program that was killed in the middle has left.</summary>
    public static IReadOnlyList<string> Names(string folder)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, ".*.tmp"))
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(leftover) > Leftover) File.Delete(leftover);
        return [.. Directory.EnumerateFiles(folder, "*" + Suffix).Select(Path.GetFileNameWithoutExtension).OfType<string>().Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
    }

    // What is written here, see DashboardRegistry and ProjectRegistry. Made by the compiler: every start registers a project, and reads all of them.
    [JsonSerializable(typeof(DashboardRegistry.Entry), TypeInfoPropertyName = "Dashboard")]
    [JsonSerializable(typeof(ProjectRegistry.Entry), TypeInfoPropertyName = "Project")]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
    private sealed partial class Format : JsonSerializerContext;
}
