using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Registry;

/// <summary>A project that this user has run.</summary>
/// <param name="Name">Unique among the user's projects; that of the folder, with a number where two folders share one.</param>
/// <param name="Root">The folder that holds the Procfile.</param>
/// <param name="Data">The folder of the database.</param>
/// <param name="Place">The same without links: what identifies the project.</param>
/// <param name="Arguments">The options that its daemon was last started with.</param>
public sealed record RegisteredProject(string Name, string Root, string Data, string Place, IReadOnlyList<string> Arguments)
{
    /// <summary>Its folder.</summary>
    public ProjectFolder Folder => new(Root, Data);

    /// <summary>What identifies the project in a folder.</summary>
    public static string PlaceOf(ProjectFolder folder) => RealPath.Of(folder.Data) ?? folder.Data;
}
