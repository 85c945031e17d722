namespace OvermindGui.Core.Contracts;

/// <summary>What a process that waits for input asks for.</summary>
public enum InputWait
{
    /// <summary>An answer that its terminal shows while it is typed.</summary>
    Text,

    /// <summary>A password: its terminal shows nothing of it.</summary>
    Password,
}

/// <summary>The words for it in the database and the API.</summary>
public static class InputWaits
{
    /// <summary>The lower-case name.</summary>
    public static string ToText(this InputWait wait) => wait == InputWait.Password ? "password" : "text";

    /// <summary>Null for null, and for a word of a newer version.</summary>
    public static InputWait? Parse(string? text) => text switch
    {
        "text" => InputWait.Text,
        "password" => InputWait.Password,
        _ => null,
    };
}
