using System.CommandLine;
using System.Net;
using OvermindGui.Core.Project;
using OvermindGui.Invocation;
using OvermindGui.Options;

namespace OvermindGui.Containers;

/// <summary>
/// The program that a container was started for, from the arguments of its first process; an init process shows them, too.
/// </summary>
/// <param name="Dashboard">Address of the dashboard; null when there is none.</param>
internal sealed record ContainerProgram(ProjectFolder Folder, bool HasDaemon, Uri? Dashboard)
{
    private const string CommandLine = "/proc/1/cmdline";
    private const int FirstPort = 8000;

    /// <param name="parse">Reads the arguments as the program itself does.</param>
    /// <exception cref="CommandFailure">The first process is not an Overmind GUI command.</exception>
    public static ContainerProgram Read(Func<string[], ParseResult> parse)
    {
        string[] words;
        try
        {
            words = File.ReadAllText(CommandLine).TrimEnd('\0').Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"Error: health is for containers, and asks their first process; {e.Message}");
        }

        var program = Array.FindIndex(words, word => Path.GetFileName(word) is "overmind-gui" or "overmind-gui.dll");
        return program < 0
            ? throw new CommandFailure(
                $"Error: health is for containers whose first process is overmind-gui, and this one is {words[0]}; use \"status\" to ask for a daemon")
            : Of(parse(words[(program + 1)..]));
    }

    private static ContainerProgram Of(ParseResult words)
    {
        var role = words.CommandResult.Command.Name;
        if (role is not ("server" or "start" or "daemon" or "web")) throw new CommandFailure($"Error: there is no health of \"{role}\": it serves nothing");
        return new ContainerProgram(
            FolderArguments.Place(
                FolderArguments.Nearest(words),
                words.GetValue<string?>(FolderArguments.DataName)),
            HasDaemon: role != "web",
            role == "daemon" ? null : AddressOf(words.GetValue<string?>(AccessOptions.BindName), words.GetValue<int?>(ServerOptions.PortName)));
    }

    private static Uri AddressOf(string? bind, int? port)
    {
        var address = new AccessOptions().AddressOf(bind);
        if (address.Equals(IPAddress.Any)) address = IPAddress.Loopback;
        if (address.Equals(IPAddress.IPv6Any)) address = IPAddress.IPv6Loopback;
        return new Uri($"http://{new IPEndPoint(address, port ?? FirstPort)}/");
    }
}
