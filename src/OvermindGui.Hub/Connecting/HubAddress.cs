using System.Globalization;
using Npgsql;

namespace OvermindGui.Hub.Connecting;

/// <summary>Where a hub is, as Npgsql's connection strings say it. Its text, for people, has neither user nor password.</summary>
public sealed class HubAddress
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "a connection string such as \"Host=db.example;Database=overmind;Username=overmind\"";

    // Nothing waits for a hub longer than this, on either side.
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 20;
    private const string ServerTimeouts = "-c statement_timeout=20000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000";

    private readonly NpgsqlConnectionStringBuilder _settings;

    private HubAddress(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The connection string with the password, for Npgsql alone.</summary>
    internal string ConnectionString => _settings.ConnectionString;

    /// <summary>Reads a connection string; null when it is none, with the reason, which never repeats what was given.</summary>
    /// <param name="withPassword">False where others can read it, on a command line or in a project's file: a password is refused there.</param>
    public static HubAddress? Parse(string text, bool withPassword, out string problem)
    {
        problem = "";
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            problem = $"expected {Accepted}";
            return null;
        }

        if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database)) problem = $"Host or Database is missing; expected {Accepted}";
        else if (!withPassword && !string.IsNullOrEmpty(settings.Password ?? settings.SslPassword))
            problem = $"no password here, where others can read it: set {HubOptions.Variable} or PGPASSWORD, or use a password file (PGPASSFILE, ~/.pgpass)";
        return problem.Length > 0 ? null : new HubAddress(WithLimits(settings, text));
    }

    public override string ToString() =>
        _settings.Host!.StartsWith('/') ? $"{_settings.Database} in {_settings.Host}"
        : string.Create(CultureInfo.InvariantCulture, $"{_settings.Database} at {_settings.Host}:{_settings.Port}");

    // What the user says about a limit counts.
    private static NpgsqlConnectionStringBuilder WithLimits(NpgsqlConnectionStringBuilder settings, string text)
    {
        Default("Timeout", () => settings.Timeout = ConnectSeconds);
        Default("Command Timeout", () => settings.CommandTimeout = CommandSeconds);
        Default("Cancellation Timeout", () => settings.CancellationTimeout = 2000);
        Default("Keepalive", () => settings.KeepAlive = 10);
        Default("Maximum Pool Size", () => settings.MaxPoolSize = 8);
        Default("Application Name", () => settings.ApplicationName = "overmind-gui");
        Default("Options", () => settings.Options = ServerTimeouts);
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false; // it contains rows
        return settings;

        void Default(string name, Action set)
        {
            if (!settings.ContainsKey(name) || !Mentions(name)) set();
        }

        bool Mentions(string name) => text.Split(';').Any(part => part.Split('=')[0].Replace(" ", "", StringComparison.Ordinal).Trim()
            .Equals(name.Replace(" ", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));
    }
}
