using System.CommandLine;
using OvermindGui.Core.Project.Planning;
using OvermindGui.Daemon.Configuration;
using OvermindGui.Invocation;
using OvermindGui.Otlp.Connecting;

namespace OvermindGui.Options;

/// <summary>The options about an engine for logs. Their names are their own: processes inherit the variables of OpenTelemetry. No message repeats what may be secret.</summary>
internal sealed class OtlpArguments
{
    private delegate T? Parser<T>(string text, bool isPublic, out string problem) where T : class;

    private readonly Secretive<OtlpEndpoint> _endpoint = new(
        "--otlp", OtlpOptions.Variable, "url", "Send output to this engine for logs as well, by OTLP over HTTP", OtlpEndpoint.Parse);

    private readonly Secretive<IReadOnlyList<OtlpHeader>> _headers = new(
        "--otlp-headers", OtlpOptions.HeadersVariable, "headers", "Headers of these requests: NAME=VALUE, with commas between them; a value may hold ${VARIABLE}", OtlpHeader.Parse);

    private readonly EnvOption<bool?> _compression = new(
        new Option<string?>("--otlp-compression")
        {
            Description = "Compression of these requests: gzip (default) or none",
            HelpName = "kind",
            CompletionSources = { OtlpSetting.Compressions.Keys.ToArray() },
        },
        "OVERMIND_GUI_OTLP_COMPRESSION", TryCompression, "gzip or none", null);

    private readonly EnvOption<string?> _authority = new(
        new Option<string?>("--otlp-ca") { Description = "PEM file with the authorities that are trusted (default: those of the system)", HelpName = "file" },
        "OVERMIND_GUI_OTLP_CA", TryFile, "a file that exists", null);

    private readonly EnvOption<bool?> _redact = new(
        new Option<bool>("--otlp-redact") { Description = "Remove recognised secrets from lines before they are sent" },
        "OVERMIND_GUI_OTLP_REDACT", TrySwitch, SwitchWords.Accepted, null);

    public void AddTo(Command command)
    {
        command.Add(_endpoint.Option);
        command.Add(_headers.Option);
        _compression.AddTo(command);
        _authority.AddTo(command);
        _redact.AddTo(command);
    }

    /// <exception cref="CommandFailure">A variable is invalid.</exception>
    public OtlpFlags Read(ParseResult words) => new()
    {
        Endpoint = _endpoint.Read(words),
        Headers = _headers.Read(words),
        Compresses = _compression.Read(words),
        AuthorityFile = _authority.Read(words),
        Redact = _redact.Read(words),
    };

    /// <summary>The given flags, for starting a daemon with them.</summary>
    public IEnumerable<string> Arguments(ParseResult words) =>
    [
        .. _endpoint.Arguments(words), .. _headers.Arguments(words), .. _compression.Arguments(words),
        .. _authority.Arguments(words).Any() ? (string[])[$"--otlp-ca={_authority.Read(words)}"] : [], .. _redact.Arguments(words),
    ];

    private static bool TryCompression(string text, out bool? value)
    {
        value = OtlpSetting.Compressions.TryGetValue(text, out var compresses) ? compresses : null;
        return value is not null;
    }

    // The daemon may run elsewhere.
    private static bool TryFile(string text, out string? value)
    {
        value = Path.GetFullPath(text);
        return File.Exists(value);
    }

    private static bool TrySwitch(string text, out bool? value)
    {
        value = SwitchWords.Parse(text);
        return value is not null;
    }

    /// <summary>An option whose variable may hold a secret, which the flag must not: others can read a command line.</summary>
    private sealed class Secretive<T> where T : class
    {
        private readonly string _variable;
        private readonly Parser<T> _parse;

        public Secretive(string name, string variable, string value, string description, Parser<T> parse)
        {
            (_variable, _parse) = (variable, parse);
            Option = new Option<string?>(name) { Description = $"{description} (also {variable})", HelpName = value };
            Option.Validators.Add(result =>
            {
                if (result.Tokens is [{ Value: var text }] && parse(text, true, out var problem) is null) result.AddError($"{name}: {problem}");
            });
        }

        public Option<string?> Option { get; }

        public T? Read(ParseResult words)
        {
            if (words.GetValue(Option) is { } flag) return _parse(flag, true, out _);
            if (Environment.GetEnvironmentVariable(_variable) is not { Length: > 0 } text) return null;
            return _parse(text, false, out var problem) ?? throw new CommandFailure($"{_variable}: {problem}");
        }

        public IEnumerable<string> Arguments(ParseResult words) => words.GetValue(Option) is { } flag ? [$"{Option.Name}={flag}"] : [];
    }
}
