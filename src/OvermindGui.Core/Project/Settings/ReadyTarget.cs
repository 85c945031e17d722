using System.Globalization;
using System.Text.RegularExpressions;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Project.Planning;

namespace OvermindGui.Core.Project.Settings;

/// <summary>Converts the configured text to a ready check.</summary>
internal static partial class ReadyTarget
{
    // A host name, because some servers listen only on ::1 and some only on 127.0.0.1.
    private const string OwnHost = "localhost";

    private const string AnyPort = "auto";

    /// <param name="variable">Looks up a variable of the process; null when it has none.</param>
    /// <param name="expected">The expected form, when the result is null.</param>
    public static ReadyCheck? Resolve(ReadySetting setting, Func<string, string?> variable, out string expected)
    {
        expected = "";
        switch (setting.Kind)
        {
            case ReadyKind.Port:
                return Expand(setting.Target, variable, out expected) is { } number ? Port(setting, number, out expected) : null;
            case ReadyKind.Tcp:
                return Expand(setting.Target, variable, out expected) is { } address ? Tcp(setting, address, out expected) : null;
            case ReadyKind.Http:
                var written = setting.Target.StartsWith('/') ? $"http://{OwnHost}:$PORT{setting.Target}" : setting.Target;
                return Expand(written, variable, out expected) is { } url ? Http(setting, url, out expected) : null;
            case ReadyKind.Log:
                if (LinePattern.TryParse(setting.Target, out var problem, ignoreCase: true) is not null)
                    return new LineReady(setting.Target, setting.Timeout);
                expected = $"a .NET regular expression ({problem})";
                return null;
            default:
                return new CommandReady(setting.Target, setting.Interval, setting.Timeout);
        }
    }

    private static PortReady? Port(ReadySetting setting, string number, out string expected)
    {
        expected = $"{AnyPort}, or a port from 1 to 65535";
        if (number == AnyPort) return new PortReady(null, setting.Interval, setting.Timeout);
        return ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0
            ? new PortReady(port, setting.Interval, setting.Timeout)
            : null;
    }

    private static TcpReady? Tcp(ReadySetting setting, string address, out string expected)
    {
        expected = "a port from 1 to 65535, or host:port";
        if (AddressPattern().Match(address) is not { Success: true } match) return null;
        if (!ushort.TryParse(match.Groups["port"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0) return null;
        var host = match.Groups["host"] is { Success: true, Value: var name } ? name.Trim('[', ']') : OwnHost;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return null;
        return new TcpReady(host, port, setting.Interval, setting.Timeout);
    }

    private static HttpReady? Http(ReadySetting setting, string url, out string expected)
    {
        expected = "a URL such as http://localhost:3000/health, or a path such as /health";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? new HttpReady(uri, setting.Interval, setting.Timeout)
            : null;
    }

    private static string? Expand(string text, Func<string, string?> variable, out string expected)
    {
        var missing = new List<string>();
        var expanded = VariablePattern().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            if (variable(name) is { Length: > 0 } value) return value;
            missing.Add(name);
            return match.Value;
        });
        expected = missing.Count == 0 ? "" : $"variables that the process has; it has no {ValueReader.AnyOf(missing.Distinct())}";
        return missing.Count == 0 ? expanded : null;
    }

    [GeneratedRegex(@"^((?<host>\[[0-9A-Fa-f:.%]+\]|[^\s:\[\]/]+):)?(?<port>[0-9]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();

    [GeneratedRegex(@"\$(\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}|(?<name>[A-Za-z_][A-Za-z0-9_]*))", RegexOptions.CultureInvariant)]
    private static partial Regex VariablePattern();
}
