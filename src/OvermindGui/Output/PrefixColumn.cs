using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Output;

/// <summary>The process names before the lines: as wide as the longest one shown, each in its process's colour.</summary>
/// <param name="colors">User-defined xterm colours, by Procfile order; null for the built-in ones.</param>
internal sealed class PrefixColumn(Func<SystemSnapshot> system, ProcessFilter shown, IReadOnlyList<int>? colors)
{
    // For the daemon's own messages, and for processes that are no longer in the Procfile.
    private static readonly TextStyle WithoutColor = new(TextAttributes.Faint, TerminalColor.Default, TerminalColor.Default);

    private readonly Dictionary<string, TextStyle> _styles = [];
    private int _width;

    /// <summary>Widens the column for these names, and updates the colours of the processes.</summary>
    public void Load(IEnumerable<string> names)
    {
        foreach (var name in names.Where(shown.Shows))
        {
            _styles[name] = WithoutColor;
            _width = Math.Max(_width, VisibleText.Of(name).Length);
        }

        foreach (var process in system().Processes)
            _styles[process.Name] = new TextStyle(
                TextAttributes.Bold, TerminalColor.Palette((byte)ProcessColors.ForPosition(process.ColorIndex, colors)), TerminalColor.Default);
    }

    public string Padded(string name)
    {
        if (!_styles.ContainsKey(name)) Load([name]); // appeared while following
        return VisibleText.Of(name).PadRight(_width);
    }

    public TextStyle StyleOf(string name) => _styles[name];
}
