using System.Buffers;
using System.Globalization;
using System.Text;

namespace OvermindGui.Core.Terminal;

/// <summary>
/// Copies a stream for viewers while the terminal model interprets it, so that both agree on where a sequence begins and ends. It leaves out
/// what only the model may act on: queries, which would get a second answer from the viewer's terminal, strings that the parser discards,
/// the clipboard, and changes of the viewer's window.
/// </summary>
internal sealed class OutputMirror(ITerminalActions terminal, IBufferWriter<byte> copy) : ITerminalActions
{
    private const int LongestNumber = 8;

    void ITerminalActions.Print(ReadOnlySpan<char> text, bool endsLine)
    {
        terminal.Print(text, endsLine);
        Encoding.UTF8.GetBytes(text, copy);
    }

    void ITerminalActions.Execute(byte control)
    {
        terminal.Execute(control);
        // The terminals of processes do not add the carriage return (ONLCR is off), and the model implies it.
        if (control == (byte)'\n') copy.Write("\r\n"u8);
        else if (control is not (0 or 0x05 or 0x7F)) copy.Write([control]); // ENQ asks for the terminal's answerback
    }

    void ITerminalActions.EscapeSequence(byte intermediate, byte final)
    {
        terminal.EscapeSequence(intermediate, final);
        // DECID is a query, and a lone ST means nothing; other intermediate bytes choose encodings.
        if (intermediate == 0 ? final is (byte)'Z' or (byte)'\\' : intermediate is not ((byte)'(' or (byte)')' or (byte)'#')) return;
        copy.Write("\e"u8);
        if (intermediate != 0) copy.Write([intermediate]);
        copy.Write([final]);
    }

    void ITerminalActions.ControlSequence(in ControlSequence sequence)
    {
        terminal.ControlSequence(sequence);
        if (IsForTheModel(sequence)) return;
        copy.Write("\e["u8);
        if (sequence.Marker != 0) copy.Write([sequence.Marker]);
        for (var i = 0; i < sequence.Parameters.Length; i++)
        {
            var parameter = sequence.Parameters[i];
            if (i > 0) copy.Write(parameter.IsSub ? ":"u8 : ";"u8);
            if (parameter.Value < 0) continue;
            parameter.Value.TryFormat(copy.GetSpan(LongestNumber), out var written, provider: CultureInfo.InvariantCulture);
            copy.Advance(written);
        }

        if (sequence.Intermediate != 0) copy.Write([sequence.Intermediate]);
        copy.Write([(byte)sequence.Final]);
    }

    void ITerminalActions.OperatingSystemCommand(ReadOnlySpan<byte> payload, bool endedByBell)
    {
        terminal.OperatingSystemCommand(payload, endedByBell);
        if (!IsShown(payload)) return;
        copy.Write("\e]"u8);
        foreach (var b in payload)
            if (b >= 0x20) copy.Write([b]);
        copy.Write(endedByBell ? "\a"u8 : "\e\\"u8);
    }

    // DSR, DA, DECREQTPARM, printing, DECRQM, XTVERSION, the keyboard protocol's query, and every report with an intermediate byte; of the window
    // operations only the stack of titles (22, 23) concerns a viewer.
    private static bool IsForTheModel(in ControlSequence sequence) => sequence.Final switch
    {
        'n' or 'c' or 'x' or 'i' => true,
        'p' => sequence.Intermediate == (byte)'$',
        'q' => sequence.Marker == (byte)'>' || sequence.Intermediate == (byte)'"',
        'u' => sequence.Marker == (byte)'?' || sequence.Intermediate != 0,
        'S' => sequence.Marker == (byte)'?',
        't' => !(sequence.IsStandard && sequence.Parameters[0].Value is 22 or 23),
        'w' or 'y' or 'z' or '|' or '{' or '}' or 'v' or '~' => sequence.Intermediate != 0,
        _ => false,
    };

    // Titles, links, and colours that are set; no question, no clipboard, no file transfer.
    private static bool IsShown(ReadOnlySpan<byte> payload)
    {
        var end = payload.IndexOf((byte)';');
        var number = end < 0 ? payload : payload[..end];
        if (number.SequenceEqual("0"u8) || number.SequenceEqual("1"u8) || number.SequenceEqual("2"u8) || number.SequenceEqual("8"u8)) return true;
        var isColor = number.SequenceEqual("4"u8) || number.SequenceEqual("104"u8)
            || number.Length is 2 or 3 && number is [.., (byte)'1', >= (byte)'0' and <= (byte)'9'] && (number.Length == 2 || number[0] == (byte)'1');
        return isColor && payload.IndexOf((byte)'?') < 0;
    }
}
