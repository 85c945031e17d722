using System.CommandLine;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Hub.Connecting;
using OvermindGui.Invocation;

namespace OvermindGui.Options;

/// <summary>
/// The options about a hub. What is wrong with a connection string is said without repeating it: it may hold a password.
/// </summary>
internal sealed class HubArguments
{
    private const string Name = "--hub";

    private readonly Option<string?> _hub = Address("Ship output and states to this PostgreSQL hub as well");

    private readonly EnvOption<string?> _host = new(
        new Option<string?>("--hub-host") { Description = "Name of this machine in the hub (default: its host name)", HelpName = "name" },
        "OVERMIND_GUI_HUB_HOST", TryHost, "a name", null);

    private readonly EnvOption<bool?> _control = Switch("--hub-control", "OVERMIND_GUI_HUB_CONTROL", "Carry out start, stop, restart and kill that come through the hub");
    private readonly EnvOption<bool?> _redact = Switch("--hub-redact", "OVERMIND_GUI_HUB_REDACT", "Remove recognised secrets from lines before they are shipped to the hub");

    public void AddTo(Command command)
    {
        command.Add(_hub);
        _host.AddTo(command);
        _control.AddTo(command);
        _redact.AddTo(command);
    }

    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public HubFlags Read(ParseResult words) => new()
    {
        Address = Read(words, _hub),
        Host = _host.Read(words),
        Control = _control.Read(words),
        Redact = _redact.Read(words),
    };

    /// <summary>The address of the flag; null without it.</summary>
    public HubAddress? Flag(ParseResult words) => words.GetValue(_hub) is { } flag ? HubAddress.Parse(flag, withPassword: false, out _) : null;

    /// <summary>The given flags, for starting a daemon with them.</summary>
    public IEnumerable<string> Arguments(ParseResult words) =>
        [.. words.GetValue(_hub) is { } hub ? (string[])[$"{Name}={hub}"] : [], .. _host.Arguments(words), .. _control.Arguments(words), .. _redact.Arguments(words)];

    /// <summary>The option for the address, with its checks.</summary>
    public static Option<string?> Address(string description)
    {
        var option = new Option<string?>(Name) { Description = $"{description} (also {HubOptions.Variable}, which may hold a password)", HelpName = "connection" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && HubAddress.Parse(text, withPassword: false, out var problem) is null) result.AddError($"{Name}: {problem}");
        });
        return option;
    }

    /// <summary>The address of the flag, or of the variable; null without either.</summary>
    /// <exception cref="CommandFailure">The variable is invalid.</exception>
    public static HubAddress? Read(ParseResult words, Option<string?> option)
    {
        if (words.GetValue(option) is { } flag) return HubAddress.Parse(flag, withPassword: false, out _);
        if (Environment.GetEnvironmentVariable(HubOptions.Variable) is not { Length: > 0 } variable) return null;
        return HubAddress.Parse(variable, withPassword: true, out var problem) ?? throw new CommandFailure($"{HubOptions.Variable}: {problem}");
    }

    private static EnvOption<bool?> Switch(string name, string variable, string description) =>
        new(new Option<bool>(name) { Description = description }, variable, TrySwitch, SwitchWords.Accepted, null);

    private static bool TrySwitch(string text, out bool? value)
    {
        value = SwitchWords.Parse(text);
        return value is not null;
    }

    private static bool TryHost(string text, out string? value)
    {
        value = text.Trim();
        return value.Length is > 0 and <= 200 && !value.Any(char.IsControl);
    }
}
