namespace OvermindGui.Core.Terminal;

/// <summary>Maps letters to characters: G0 and G1, each ASCII or line drawing, and the active one of the two.</summary>
internal record struct CharacterSets
{
    private const byte LineDrawingSet = (byte)'0';

    private bool _firstDraws;
    private bool _secondDraws;
    private bool _shiftedOut;

    /// <summary>True while line drawing is active.</summary>
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
