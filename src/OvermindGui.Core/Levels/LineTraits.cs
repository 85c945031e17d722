namespace OvermindGui.Core.Levels;

/// <summary>The properties detected in a line when it is stored.</summary>
/// <param name="Level">The detected level; a continuation line has the level of the line it continues.</param>
/// <param name="Continues">Whether it belongs to the line before it, as a frame of a stack trace does.</param>
public readonly record struct LineTraits(LineLevel Level, bool Continues)
{
    /// <summary>The line begins an error whose message is in a later line, as the first line of Python's tracebacks does.</summary>
    public bool MessageFollows { get; init; }

    /// <summary>The line continues another one and contains the message of the error.</summary>
    public bool IsMessage { get; init; }

    /// <summary>Whether an error is named here: there is one such line in a stack trace.</summary>
    public bool NamesError => Level == LineLevel.Error && (Continues ? IsMessage : !MessageFollows);

    /// <summary>A line without detected properties.</summary>
    public static LineTraits Neutral => default;
}
