namespace OvermindGui.Core.Terminal;

/// <summary>
/// What was found out about the styles that a stream uses again and again: at a place that follows from the style, until another style takes it. A
/// look costs a fraction of one into a dictionary, and gradients do not grow it. Not thread-safe.
/// </summary>
/// <param name="placeBits">Number of places, as a power of two.</param>
internal sealed class StyleCache<T>(int placeBits)
{
    private const uint HashFactor = 2_654_435_769; // spreads neighbouring colours

    private readonly (bool IsTaken, TextStyle Style, T? Value)[] _places = new (bool, TextStyle, T?)[1 << placeBits];

    /// <summary>The place of the style; it is to be filled when it was not known.</summary>
    public ref T? Find(in TextStyle style, out bool isKnown)
    {
        ref var place = ref _places[(uint)style.GetHashCode() * HashFactor >> 32 - placeBits];
        isKnown = place.IsTaken && place.Style.Equals(style);
        if (!isKnown) place = (true, style, default);
        return ref place.Value;
    }

    /// <summary>Forgets all of it.</summary>
    public void Clear() => Array.Clear(_places);
}
