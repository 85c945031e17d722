namespace OvermindGui.Core.Output;

/// <summary>
/// Says which texts are certainly not in a number of lines, from a sixty-fourth of their size: one bit for each three bytes that follow each
/// other, ASCII letters in lower case.
/// </summary>
public static class TrigramFilter
{
    /// <summary>Number of ids that one filter stands for: a quarter of a megabyte of text, as a rule.</summary>
    public const int Lines = 2_048;

    private const int BytesEach = 64;
    private const int Least = 64, Most = 64_000;
    private const uint HashFactor = 2_654_435_761;
    private const byte LineEnd = (byte)'\n';

    /// <summary>The number of the filter that a line belongs to.</summary>
    public static long BlockOf(long line) => (line - 1) / Lines;

    /// <summary>The ids around a block's lines, both exclusive.</summary>
    public static (long After, long Before) RangeOf(long block) => (block * Lines, (block + 1) * Lines + 1);

    /// <summary>Makes the filter of lines.</summary>
    /// <param name="lines">UTF-8, with line ends between.</param>
    public static byte[] Build(ReadOnlySpan<byte> lines)
    {
        var filter = new byte[Math.Clamp(lines.Length / BytesEach, Least, Most)];
        var bits = (uint)filter.Length * 8;
        var (trigram, length) = (0u, 0);
        foreach (var b in lines)
        {
            if (b == LineEnd)
            {
                length = 0;
                continue;
            }

            trigram = (trigram << 8 | Lower(b)) & 0xFFFFFF;
            if (++length < 3) continue;
            var bit = PlaceOf(trigram, bits);
            filter[bit >> 3] |= (byte)(1 << (int)(bit & 7));
        }

        return filter;
    }

    /// <summary>What is looked for in filters; empty for a text of less than three bytes, which filters cannot decide about.</summary>
    internal static uint[] TrigramsOf(ReadOnlySpan<byte> text)
    {
        var trigrams = new HashSet<uint>();
        for (var i = 2; i < text.Length; i++) trigrams.Add((uint)Lower(text[i - 2]) << 16 | (uint)Lower(text[i - 1]) << 8 | Lower(text[i]));
        return [.. trigrams];
    }

    /// <summary>False when no line of the filter holds all of them.</summary>
    internal static bool MayHold(ReadOnlySpan<byte> filter, ReadOnlySpan<uint> trigrams)
    {
        var bits = (uint)filter.Length * 8;
        if (bits == 0) return true; // made by another program
        foreach (var trigram in trigrams)
        {
            var bit = PlaceOf(trigram, bits);
            if ((filter[(int)(bit >> 3)] & 1 << (int)(bit & 7)) == 0) return false;
        }

        return true;
    }

    private static uint PlaceOf(uint trigram, uint bits) => (uint)((ulong)(trigram * HashFactor) * bits >> 32);

    private static byte Lower(byte b) => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b;
}
