namespace OvermindGui.Core.Terminal;

/// <summary>Numbers the styles in use, so that a cell needs two bytes. Number 0 is the default style.</summary>
internal sealed class StylePalette
{
    private const int TrimAbove = 1024;

    private readonly List<TextStyle> _styles = [TextStyle.Default];
    private readonly Dictionary<TextStyle, ushort> _ids = new() { [TextStyle.Default] = 0 };
    private readonly StyleCache<ushort> _known = new(placeBits: 3); // there is one for each row of cells

    public TextStyle this[ushort id] => _styles[id];

    public ushort IdOf(in TextStyle style)
    {
        if (style.IsDefault) return 0;
        ref var known = ref _known.Find(style, out var isKnown);
        if (isKnown) return known;
        if (!_ids.TryGetValue(style, out var id))
        {
            if (_styles.Count > ushort.MaxValue) return known = 0; // more styles than a line has room for: show the text plain
            id = (ushort)_styles.Count;
            _styles.Add(style);
            _ids.Add(style, id);
        }

        return known = id;
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
        _known.Clear();
    }
}
