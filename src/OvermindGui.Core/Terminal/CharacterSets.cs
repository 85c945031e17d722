namespace OvermindGui.Core.Terminal;

/// <summary>Which characters letters stand for: G0 and G1, each ASCII or line drawing, and which of the two is in use.</summary>
internal record struct CharacterSets
{
    private const byte LineDrawingSet = (byte)'0';

    private bool _firstDraws;
    private bool _secondDraws;
    private bool _shiftedOut;

    /// <summary>True while letters stand for frames.</summary>
    public readonly bool IsLineDrawing => _shiftedOut ? _secondDraws : _firstDraws;

    /// <summary>SO and SI.</summary>
    public void Shift(bool shiftOut) => _shiftedOut = shiftOut;

    /// <summary><c>ESC ( set</c> and <c>ESC ) set</c>.</summary>
    public void Select(byte intermediate, byte set)
    {
        if (intermediate == (byte)'(') _firstDraws = set == LineDrawingSet;
        else if (intermediate == (byte)')') _secondDraws = set == LineDrawingSet;
    }
}
