using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>What a terminal model shows, and the modes in which it is.</summary>
/// <param name="Alternate">Null while the main screen is shown.</param>
/// <param name="Modes">Private modes that the program has set or reset.</param>
internal sealed record TerminalPicture(
    Screen Main, Screen? Alternate, TextStyle Style, bool DrawsLines, IReadOnlyDictionary<int, bool> Modes)
{
    /// <summary>The screen that is shown.</summary>
    public Screen Shown => Alternate ?? Main;
}

/// <summary>Paints a terminal model on another terminal, whatever that one shows: screens, cursor, style and modes.</summary>
public static class ScreenPainter
{
    // Off unless the program has turned them on; the cursor (25) is the other way round.
    private static readonly int[] Modes = [1, 12, 66, 1000, 1002, 1003, 1004, 1006, 2004];

    /// <summary>The sequences that turn off all modes which a program may leave behind, for a terminal that goes back to its user.</summary>
    public const string Leave =
        "\e[?1049l\e[r\e[?6l\e[4l\e[?7h\e[?25h\e[?1l\e[?66l\e[?1000l\e[?1002l\e[?1003l\e[?1004l\e[?1006l\e[?2004l\e[>4m\e[<u\e[0 q\e(B\x0F\e[m\e]8;;\e\\";

    internal static string Paint(TerminalPicture picture)
    {
        var ansi = new StringBuilder();
        // Nothing may wrap, and no region or style may be left, while rows are painted.
        ansi.Append("\e[?1049l\e[r\e[?6l\e[4l\e[?7l\e[?25l\e(B\x0F\e[m\e]8;;\e\\");
        Paint(ansi, picture.Main);
        if (picture.Alternate is { } alternate)
        {
            Move(ansi, picture.Main.Position);
            ansi.Append("\e[?1049h");
            Paint(ansi, alternate);
        }

        foreach (var mode in Modes) Set(ansi, mode, picture.Modes.GetValueOrDefault(mode));
        var shown = picture.Shown;
        if (shown.Region is var (top, bottom) && (top > 0 || bottom < shown.Size.Rows - 1))
            ansi.Append(CultureInfo.InvariantCulture, $"\e[{top + 1};{bottom + 1}r");
        Set(ansi, 6, shown.IsRelative);
        var (row, column) = shown.Position;
        Move(ansi, (shown.IsRelative ? row - top : row, column));
        if (shown.Inserts) ansi.Append("\e[4h");
        if (picture.DrawsLines) ansi.Append("\e(0");
        AnsiRenderer.AppendStyle(ansi, picture.Style);
        Set(ansi, 7, shown.Wraps);
        Set(ansi, 25, picture.Modes.GetValueOrDefault(25, true));
        return ansi.ToString();
    }

    private static void Paint(StringBuilder ansi, Screen screen)
    {
        ansi.Append("\e[H\e[J");
        foreach (var (row, line) in screen.Lines.Index())
        {
            if (line.Text.Length == 0) continue;
            Move(ansi, (row, 0));
            AnsiRenderer.Append(ansi, LineCells.FirstColumns(line, screen.Size.Columns));
        }
    }

    private static void Move(StringBuilder ansi, (int Row, int Column) position) =>
        ansi.Append(CultureInfo.InvariantCulture, $"\e[{position.Row + 1};{position.Column + 1}H");

    private static void Set(StringBuilder ansi, int mode, bool on) => ansi.Append(CultureInfo.InvariantCulture, $"\e[?{mode}{(on ? 'h' : 'l')}");
}
