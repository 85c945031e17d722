using OvermindGui.Core.Contracts;
using OvermindGui.Core.Control;
using OvermindGui.Core.Output;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Output;

/// <summary>The names before the lines: as wide as the longest that is shown, each in its process's colour.</summary>
/// <param name="colors">xterm colours of the person's own choice, by Procfile order; null for ours.</param>
internal sealed class PrefixColumn(Func<SystemSnapshot> system, ProcessFilter shown, IReadOnlyList<int>? colors)
{
    // The daemon's own row, and processes that are no longer in the Procfile.
    private static readonly TextStyle WithoutColor = new(TextAttributes.Faint, TerminalColor.Default, TerminalColor.Default);

    private readonly Dictionary<string, TextStyle> _styles = [];
    private int _width;

    /// <summary>Makes room for these names, and learns the colours that processes have now.</summary>
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
        if (!_styles.ContainsKey(name)) Load([name]); // began while we follow
        return VisibleText.Of(name).PadRight(_width);
    }

    public TextStyle StyleOf(string name) => _styles[name];
}
