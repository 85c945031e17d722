namespace OvermindGui.Web.Live;

/// <summary>The name of a process where there is room for so much of it: its beginning and its end, where names differ.</summary>
public static class ShortName
{
    public const int Length = 16;

    private const int Beginning = 9;

    public static string Of(string name) =>
        name.Length <= Length ? name : string.Concat(name.AsSpan(0, Beginning), "…", name.AsSpan(name.Length - (Length - Beginning - 1)));
}
