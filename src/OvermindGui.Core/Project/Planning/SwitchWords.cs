namespace OvermindGui.Core.Project.Planning;

/// <summary>On or off, as a variable says it.</summary>
public static class SwitchWords
{
    /// <summary>What <see cref="Parse"/> takes, for messages.</summary>
    public const string Accepted = "true or false";

    /// <summary>Null for any other text.</summary>
    public static bool? Parse(string text) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "T" or "TRUE" or "Y" or "YES" or "ON" => true,
        "0" or "F" or "FALSE" or "N" or "NO" or "OFF" => false,
        _ => null,
    };
}
