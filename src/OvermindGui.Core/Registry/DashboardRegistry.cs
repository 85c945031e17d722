using OvermindGui.Core.Posix;
using OvermindGui.Core.Project;

namespace OvermindGui.Core.Registry;

/// <summary>
/// Where the dashboards of a user's projects are, one file for each in <c>dashboards/</c>. A dashboard holds a lock on its file as long as it
/// serves, as a daemon does on its PID file; a file that no one holds is removed by the next reader.
/// </summary>
public sealed class DashboardRegistry(UserState state)
{
    private const string Folder = "dashboards";

    internal sealed record Entry(int V, string Place, string Address);

    /// <summary>The addresses of the dashboards that serve, by the place of their project.</summary>
    /// <exception cref="IOException">The registry cannot be read, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The registry may not be read.</exception>
    public ILookup<string, Uri> Read()
    {
        var found = new List<(string Place, Uri Address)>();
        if (state.Find(Folder) is { } folder)
            foreach (var path in RegistryFiles.Names(folder).Select(name => Path.Combine(folder, name + RegistryFiles.Suffix)))
                if (ReadServing(path) is { } entry && Uri.TryCreate(entry.Address, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp)
                    found.Add((entry.Place, address));
        return found.ToLookup(e => e.Place, e => e.Address);
    }

    /// <summary>Registers the dashboard of a project until the result is disposed.</summary>
    /// <param name="address">Without a token.</param>
    /// <exception cref="IOException">The registry cannot be written, or is not safe.</exception>
    /// <exception cref="UnauthorizedAccessException">The registry may not be written.</exception>
    public IDisposable Register(ProjectFolder project, Uri address)
    {
        var folder = state.Create(Folder);
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N") + RegistryFiles.Suffix);
        FileHolder? holder = null;
        RegistryFiles.Write(
            folder, new Entry(1, RegisteredProject.PlaceOf(project), address.ToString()),
            file => { File.Move(file, path); return true; },
            file => holder = FileHolder.Take(file, path)); // before it has its name, so that no reader finds it without a holder
        return holder!;
    }

    private static Entry? ReadServing(string path)
    {
        using var file = FileOpening.TryOpenRegular(path);
        if (file is null) return null;
        if (!FileLocking.TryShare(file)) return RegistryFiles.Read<Entry>(file) is { Place: not null, Address: not null } entry ? entry : null;
        File.Delete(path);
        return null;
    }

    /// <summary>Holds the lock on a file, and removes it in the end.</summary>
    private sealed class FileHolder(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path) : IDisposable
    {
        public static FileHolder Take(string written, string path)
        {
            var file = FileOpening.OpenRegular(written);
            FileLocking.TryLock(file);
            return new FileHolder(file, path);
        }

        public void Dispose()
        {
            if (file.IsClosed) return;
            File.Delete(path);
            FileLocking.Unlock(file);
            file.Dispose();
        }
    }
}
