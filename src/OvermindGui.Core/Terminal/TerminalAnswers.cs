using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>Receives the terminal's answer to a query, to be written to the program's input.</summary>
public delegate void AnswerReceiver(ReadOnlySpan<byte> answer);

/// <summary>
/// Answers terminal queries about state, kind, size, modes and colours like a plain xterm-256color. Never returns printed or copied text as
/// input: no title, no clipboard, no screen contents.
/// </summary>
internal sealed class TerminalAnswers(AnswerReceiver? receiver, TerminalColors colors)
{
    /// <summary>DSR: <c>CSI 5 n</c> requests the status, <c>CSI 6 n</c> the cursor position.</summary>
    public void Status(int what, bool isPrivate, (int Row, int Column) cursor)
    {
        if (what == 5 && !isPrivate) Send("\e[0n");
        else if (what == 6) Send($"\e[{(isPrivate ? "?" : "")}{cursor.Row + 1};{cursor.Column + 1}R");
    }

    /// <summary>DA1: a VT100 with advanced video, like xterm without options.</summary>
    public void PrimaryAttributes() => Send("\e[?1;2c");

    /// <summary>DA2: the terminal's kind and version.</summary>
    public void SecondaryAttributes() => Send("\e[>0;276;0c");

    /// <summary>XTVERSION.</summary>
    public void Version() => Send("\eP>|overmind-gui\e\\");

    /// <summary>DECRQM: 1 is set, 2 is reset, 0 is unknown.</summary>
    public void Mode(int mode, bool isPrivate, bool? isSet) =>
        Send($"\e[{(isPrivate ? "?" : "")}{mode};{isSet switch { true => 1, false => 2, null => 0 }}$y");

    /// <summary>The window's size in characters: <c>CSI 18 t</c>, and that of the screen it is on, which is the same.</summary>
    public void Size(int what, TerminalSize size)
    {
        if (what == 18) Send($"\e[8;{size.Rows};{size.Columns}t");
        else if (what == 19) Send($"\e[9;{size.Rows};{size.Columns}t");
    }

    /// <summary>OSC 10 to 12: the colours of text, background and cursor. Ended as the question was.</summary>
    public void Color(ReadOnlySpan<byte> question, bool endedByBell)
    {
        var end = endedByBell ? "\a" : "\e\\";
        if (question.SequenceEqual("10;?"u8)) Send($"\e]10;rgb:{colors.Text}{end}");
        else if (question.SequenceEqual("11;?"u8)) Send($"\e]11;rgb:{colors.Background}{end}");
        else if (question.SequenceEqual("12;?"u8)) Send($"\e]12;rgb:{colors.Text}{end}");
    }

    private void Send(FormattableString answer) => Send(answer.ToString(CultureInfo.InvariantCulture));

    private void Send(string answer) => receiver?.Invoke(Encoding.ASCII.GetBytes(answer));
}
