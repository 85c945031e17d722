using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using OvermindGui.Core.Control;
using OvermindGui.Core.Project;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Storage;
using OvermindGui.Hosting;
using OvermindGui.Invocation;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Security;

namespace OvermindGui.Options;

/// <summary>The dashboard's address and access control. A dashboard that is reachable from other machines requires a token.</summary>
internal sealed class AccessOptions
{
    /// <summary>The option for the address to serve on.</summary>
    public const string BindName = "--bind";

    private readonly EnvOption<IPAddress> _bind = new(
        new Option<string?>(BindName)
        {
            Description = "Address to serve the dashboard on (default: 127.0.0.1); all but this machine's own need a token",
            HelpName = "address",
            CompletionSources = { "127.0.0.1", "0.0.0.0", "::1", "::" },
        },
        "OVERMIND_GUI_BIND", TryAddress, "an address of this machine, such as 192.168.1.5, or 0.0.0.0 for all", IPAddress.Loopback);

    private readonly Option<bool> _token = new("--token") { Description = "Require a token on 127.0.0.1, too" };

    private readonly EnvOption<IReadOnlyList<string>> _hosts = new(
        new Option<string[]>("--allowed-hosts")
        {
            Description = "Names under which the dashboard is reached, such as a proxy's; without a port, any port counts (may be repeated; commas between names)",
            HelpName = "names",
        },
        "OVERMIND_GUI_ALLOWED_HOSTS", TryHosts, "names such as tools.example or tools.example:8080", []);

    private readonly Option<bool> _noInput = new("--no-input")
    {
        Description = $"Nothing is typed into processes through the dashboard; their terminals are read-only there (also {NoInputVariable}=1)",
    };

    private const string NoInputVariable = "OVERMIND_GUI_NO_INPUT";

    public void AddTo(Command command)
    {
        _bind.AddTo(command);
        command.Add(_token);
        command.Add(_noInput);
        _hosts.AddTo(command);
    }

    /// <summary>The address from the flag or, without it, the variable.</summary>
    /// <param name="flag">Null if it was not given.</param>
    /// <exception cref="CommandFailure">The address is invalid.</exception>
    public IPAddress AddressOf(string? flag) => _bind.Of(flag);

    /// <summary>Binds the port and loads the token if one is required.</summary>
    /// <param name="plan">The options that a daemon is started with when none is running; null for those of the last one.</param>
    /// <exception cref="CommandFailure">An option is invalid, or the port or token is not available.</exception>
    public DashboardEndpoint Open(ParseResult words, ProjectFolder folder, int? port, PlanOptions? plan = null)
    {
        var (address, names) = (_bind.Read(words), _hosts.Read(words));
        var socket = ListenSocket.Bind(address, port);
        try
        {
            var token = words.GetValue(_token) || !IPAddress.IsLoopback(address) ? TokenFile.ReadOrCreate(folder) : null;
            return new DashboardEndpoint(socket, new WebAccess { Token = token, HostNames = names, NoInput = NoInput(words, folder, plan) }, Arguments(words));
        }
        catch (TokenFileException e)
        {
            socket.Dispose();
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    /// <summary>Whether an option has a meaning for a dashboard of all projects.</summary>
    public bool IsForAnyProject(Option option) => option == _noInput || option.Name == BindName;

    /// <summary>Binds the port of a dashboard of all projects, which this machine alone can reach.</summary>
    /// <exception cref="CommandFailure">The address is not a loopback one, or the port is not available.</exception>
    public DashboardEndpoint OpenForAll(ParseResult words, int? port)
    {
        var address = _bind.Read(words);
        if (!IPAddress.IsLoopback(address))
            throw new CommandFailure($"Error: {_bind.Source(words)}: {address} can be reached by others, and all projects are shown to you alone; serve one project there, by server or web");
        var noInput = words.GetValue(_noInput) || Environment.GetEnvironmentVariable(NoInputVariable) is { Length: > 0 } and not ("0" or "false");
        return new DashboardEndpoint(ListenSocket.Bind(address, port), new WebAccess { NoInput = noInput }, [.. _bind.Arguments(words), .. words.GetValue(_noInput) ? (string[])[_noInput.Name] : []]);
    }

    /// <summary>The given options, for restarting with them; the new process reads the variables itself.</summary>
    /// <exception cref="CommandFailure">An option is invalid.</exception>
    public IReadOnlyList<string> Arguments(ParseResult words)
    {
        _ = (_bind.Read(words), _hosts.Read(words));
        return [.. _bind.Arguments(words), .. words.GetValue(_token) ? (string[])[_token.Name] : [], .. words.GetValue(_noInput) ? (string[])[_noInput.Name] : [], .. _hosts.Arguments(words)];
    }

    // The flag, then the variable, then the settings file, which is beside the Procfile that runs.
    private bool NoInput(ParseResult words, ProjectFolder folder, PlanOptions? plan) =>
        words.GetValue(_noInput)
        || (Environment.GetEnvironmentVariable(NoInputVariable) is { Length: > 0 } value
            ? value is not ("0" or "false")
            : (plan is null || DaemonLock.IsHeld(folder) ? RecordedPlan.Load(OvermindDatabase.In(folder)) : RecordedPlan.Load(folder, plan)).NoInput);

    private static bool TryAddress(string text, out IPAddress address)
    {
        address = IPAddress.Loopback;
        if (text == "localhost") return true;
        // IPAddress also accepts short forms, such as 1 for 0.0.0.1 or 127.1; only the canonical form is accepted here.
        if (!IPAddress.TryParse(text, out var parsed) || (parsed.AddressFamily != AddressFamily.InterNetworkV6 && parsed.ToString() != text)) return false;
        address = parsed;
        return true;
    }

    private static bool TryHosts(string text, out IReadOnlyList<string> names)
    {
        names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.All(name => name.All(IsHostCharacter));
    }

    private static bool IsHostCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']';
}
