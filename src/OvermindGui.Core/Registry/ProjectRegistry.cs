using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Registry;

/// <summary>
/// The projects of a user, one file for each in <c>projects/</c>. The name of the file is the name of the project: creating it gives the name to
/// one folder alone, also when several daemons start at once. Whether a project runs is not written here; its own lock and database say that.
/// </summary>
public sealed class ProjectRegistry(UserState state)
{
    private const string Folder = "projects";
    private const int LongestName = 64;

    internal sealed record Entry(int V, string Folder, string Data, string Place, IReadOnlyList<string> Arguments);

    /// <summary>All of them, by name.</summary>
    /// <exception cref="IOException">The registry cannot be read, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The registry may not be read.</exception>
    public IReadOnlyList<RegisteredProject> Read() =>
        state.Find(Folder) is { } folder ? [.. RegistryFiles.Names(folder).Select(name => Read(folder, name)).OfType<RegisteredProject>()] : [];

    /// <summary>The project of this name; null when there is none.</summary>
    /// <inheritdoc cref="Read()" path="exception"/>
    public RegisteredProject? Find(string name) =>
        state.Find(Folder) is { } folder && IsName(name) ? Read(folder, name) : null;

    /// <summary>Registers a folder, or what has changed about it.</summary>
    /// <param name="arguments">The options that its daemon was started with.</param>
    /// <param name="before">As what it was registered before it was moved; it keeps its name.</param>
    /// <exception cref="IOException">The registry cannot be written, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The registry may not be written.</exception>
    public RegisteredProject Register(ProjectFolder project, IReadOnlyList<string> arguments, RegisteredProject? before = null)
    {
        var folder = state.Create(Folder);
        var entry = new Entry(1, project.Root, project.Data, RegisteredProject.PlaceOf(project), arguments);
        var same = Read().Where(known => known.Place == entry.Place).ToList();
        foreach (var surplus in same.Skip(1)) File.Delete(PathOf(folder, surplus.Name));
        if ((same.FirstOrDefault() ?? (before is not null && Contains(before) ? before : null)) is { } known)
        {
            RegistryFiles.Write(folder, entry, file => Replace(file, PathOf(folder, known.Name)));
            return ToProject(known.Name, entry);
        }

        var wanted = NameOf(project);
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : $"{wanted}-{number}";
            if (RegistryFiles.Write(folder, entry, file => FileNaming.TryName(file, PathOf(folder, name)))) return ToProject(name, entry);
        }
    }

    /// <summary>Whether a project is registered as it is said here.</summary>
    public bool Contains(RegisteredProject project) => Find(project.Name) is { } known && known.Root == project.Root && known.Data == project.Data;

    /// <summary>Removes a project from the list; its folder stays as it is.</summary>
    /// <inheritdoc cref="Register" path="exception"/>
    public void Remove(RegisteredProject project)
    {
        if (state.Find(Folder) is { } folder && Contains(project)) File.Delete(PathOf(folder, project.Name));
    }

    private static RegisteredProject? Read(string folder, string name) =>
        RegistryFiles.Read<Entry>(PathOf(folder, name)) is { Folder: { } root, Data: { } data, Place: not null } entry && Path.IsPathRooted(root) && Path.IsPathRooted(data)
            ? ToProject(name, entry)
            : null;

    private static RegisteredProject ToProject(string name, Entry entry) => new(name, entry.Folder, entry.Data, entry.Place, entry.Arguments ?? []);

    private static string PathOf(string folder, string name) => Path.Combine(folder, name + RegistryFiles.Suffix);

    private static bool Replace(string file, string path)
    {
        File.Move(file, path, overwrite: true);
        return true;
    }

    // It stands in addresses and is typed in shells.
    private static string NameOf(ProjectFolder project)
    {
        var name = string.Concat(project.Name.Select(c => IsNameCharacter(c) ? c : '-')).Trim('-', '.');
        return name.Length == 0 ? "project" : name[..Math.Min(name.Length, LongestName)];
    }

    private static bool IsName(string name) => name.Length > 0 && name[0] != '.' && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
