namespace OvermindGui.Core.Project.Planning;

/// <summary>Parses boolean values of variables.</summary>
public static class SwitchWords
{
    /// <summary>The words that <see cref="Parse"/> accepts, for messages.</summary>
    public const string Accepted = "true or false";

    /// <summary>Null for any other text.</summary>
    public static bool? Parse(string text) => text.Trim().ToUpperInvariant() switch
    {
        "1" or "T" or "TRUE" or "Y" or "YES" or "ON" => true,
        "0" or "F" or "FALSE" or "N" or "NO" or "OFF" => false,
        _ => null,
    };
}
