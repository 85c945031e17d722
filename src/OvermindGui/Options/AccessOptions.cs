using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using OvermindGui.Commands;
using OvermindGui.Core.Project;
using OvermindGui.Hosting;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Security;

namespace OvermindGui.Options;

/// <summary>Where the dashboard is served and who may come in. Whoever can be reached from elsewhere asks for a token.</summary>
internal sealed class AccessOptions
{
    public const string BindName = "--bind";
    private const string BindVariable = "OVERMIND_GUI_BIND";
    private const string HostsVariable = "OVERMIND_GUI_ALLOWED_HOSTS";

    private readonly Option<string?> _bind = new(BindName)
    {
        Description = "Address to serve the dashboard on (default: 127.0.0.1); all but this machine's own need a token",
        HelpName = "address",
        CompletionSources = { "127.0.0.1", "0.0.0.0", "::1", "::" },
    };

    private readonly Option<bool> _token = new("--token") { Description = "Ask for a token on 127.0.0.1, too" };

    private readonly Option<string[]> _hosts = new("--allowed-hosts")
    {
        Description = "Names under which the dashboard is reached, such as a proxy's; without a port, any port counts (may be repeated; commas between names)",
        HelpName = "names",
    };

    public void AddTo(Command command)
    {
        command.Add(_bind);
        command.Add(_token);
        command.Add(_hosts);
    }

    /// <summary>Takes the port and, where it is needed, the token.</summary>
    /// <exception cref="CommandFailure">An option means nothing, or one of both is not to be had.</exception>
    public DashboardEndpoint Open(ParseResult words, ProjectFolder folder, int? port)
    {
        var (address, names) = Read(words);
        var socket = ListenSocket.Bind(address, port);
        try
        {
            var token = words.GetValue(_token) || !IPAddress.IsLoopback(address) ? TokenFile.ReadOrCreate(folder) : null;
            return new DashboardEndpoint(socket, new WebAccess { Token = token, HostNames = names }, Arguments(words));
        }
        catch (TokenFileException e)
        {
            socket.Dispose();
            throw new CommandFailure($"Error: {e.Message}");
        }
    }

    /// <summary>The options that were given, for another run with them; it reads the variables itself.</summary>
    /// <exception cref="CommandFailure">An option means nothing.</exception>
    public IReadOnlyList<string> Arguments(ParseResult words)
    {
        _ = Read(words);
        return
        [
            .. words.GetValue(_bind) is { } bind ? (string[])[$"{_bind.Name}={bind}"] : [],
            .. words.GetValue(_token) ? (string[])[_token.Name] : [],
            .. words.GetValue(_hosts) is { Length: > 0 } hosts ? (string[])[$"{_hosts.Name}={string.Join(',', hosts)}"] : [],
        ];
    }

    private (IPAddress Address, IReadOnlyList<string> HostNames) Read(ParseResult words) => (
        AddressOf(words.GetValue(_bind)),
        words.GetValue(_hosts) is { Length: > 0 } hosts
            ? HostsOf(hosts, _hosts.Name)
            : HostsOf([Environment.GetEnvironmentVariable(HostsVariable) ?? ""], HostsVariable));

    /// <exception cref="CommandFailure">Option or variable means nothing.</exception>
    public static IPAddress AddressOf(string? option)
    {
        var (name, text) = option is not null ? (BindName, option) : (BindVariable, Environment.GetEnvironmentVariable(BindVariable) ?? "");
        return text switch
        {
            "" when option is null => IPAddress.Loopback,
            "localhost" => IPAddress.Loopback,
            // 1 would be 0.0.0.1, and 127.1 another spelling: what is served is what was written.
            _ when IPAddress.TryParse(text, out var address)
                && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text) => address,
            _ => throw new CommandFailure($"{name} {text}: expected an address of this machine, such as 192.168.1.5, or 0.0.0.0 for all"),
        };
    }

    private static string[] HostsOf(IEnumerable<string> texts, string source)
    {
        var names = texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();
        return names.FirstOrDefault(name => !name.All(IsHostCharacter)) is { } wrong
            ? throw new CommandFailure($"{source} {wrong}: expected names such as tools.example or tools.example:8080")
            : names;
    }

    private static bool IsHostCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']';
}
