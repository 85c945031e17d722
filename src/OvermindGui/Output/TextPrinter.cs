using System.Globalization;
using System.Text;
using OvermindGui.Core.Contracts;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Output;

/// <summary>
/// Human-readable lines: <c>12:00:00.123 web    | text</c>, optionally in the process's colour and with the output's own colours.
/// </summary>
internal sealed class TextPrinter(StandardOutput output, PrefixColumn prefixes, bool color, bool timestamps) : ILinePrinter
{
    private const string Separator = " | ";

    // After a prefix, a tab would lead to a different stop than in the process's own terminal.
    private static readonly bool ForTerminal = !Console.IsOutputRedirected;

    private static readonly TextStyle Faint = new(TextAttributes.Faint, TerminalColor.Default, TerminalColor.Default);

    private readonly StringBuilder _text = new();

    public void Print(FollowedLine line)
    {
        var (_, process, time, source, content) = line.Line;
        _text.Clear();
        if (timestamps)
        {
            Append(LocalTime(time), Faint);
            _text.Append(' ');
        }

        Append(prefixes.Padded(process), prefixes.StyleOf(process));
        _text.Append(Separator);
        if (ForTerminal) content = content.WithoutTabs();
        if (!color) VisibleText.Append(_text, content.Text);
        else if (source == LineSource.Notice && content.Runs.Length == 0) AnsiRenderer.Append(_text, content.Text, Faint);
        else AnsiRenderer.Append(_text, content);
        output.WriteLine(_text);
    }

    public void PrintGap() => output.WriteLine(_text.Clear().Append("--"));

    private void Append(string text, TextStyle style)
    {
        if (color) AnsiRenderer.Append(_text, text, style);
        else VisibleText.Append(_text, text);
    }

    private static string LocalTime(long milliseconds)
    {
        var time = LineTime.Of(milliseconds).ToLocalTime();
        var today = time.Date == DateTime.Today;
        return time.ToString(today ? "HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
    }
}
