using Npgsql;

namespace OvermindGui.Hub.Reading;

internal static class HubParameters
{
    /// <summary>Adds a value to a command; returns the name of its parameter.</summary>
    public static string Add(this NpgsqlCommand command, object value)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value });
        return $"${command.Parameters.Count}";
    }
}
