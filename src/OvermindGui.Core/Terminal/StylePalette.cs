namespace OvermindGui.Core.Terminal;

/// <summary>Numbers the styles in use, so that a cell needs two bytes. Number 0 is the default style.</summary>
internal sealed class StylePalette
{
    private const int TrimAbove = 1024;

    private readonly List<TextStyle> _styles = [TextStyle.Default];
    private readonly Dictionary<TextStyle, ushort> _ids = new() { [TextStyle.Default] = 0 };
    private TextStyle _lastStyle;
    private ushort _lastId;

    public TextStyle this[ushort id] => _styles[id];

    public ushort IdOf(in TextStyle style)
    {
        if (style.IsDefault) return 0;
        if (style == _lastStyle) return _lastId;
        if (!_ids.TryGetValue(style, out var id))
        {
            if (_styles.Count > ushort.MaxValue) return 0; // more styles than a line has room for: show the text plain
            id = (ushort)_styles.Count;
            _styles.Add(style);
            _ids.Add(style, id);
        }

        (_lastStyle, _lastId) = (style, id);
        return id;
    }

    /// <summary>
    /// Discards all styles when there are many, so that gradients do not grow memory without bound. Call it only between lines.
    /// </summary>
    public void Trim()
    {
        if (_styles.Count <= TrimAbove) return;
        _styles.RemoveRange(1, _styles.Count - 1);
        _ids.Clear();
        _ids.Add(TextStyle.Default, 0);
        (_lastStyle, _lastId) = (TextStyle.Default, 0);
    }
}
