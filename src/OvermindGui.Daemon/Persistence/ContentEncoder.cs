using System.Runtime.CompilerServices;
using System.Text;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>
/// Makes of lines what is stored of them: text, and styles or null, in UTF-8, one behind the other in memory that SQLite reads where it is.
/// </summary>
internal sealed class ContentEncoder
{
    private readonly StyleRunEncoder _style = new();
    private byte[] _utf8 = Reserve(16 * 1024);
    private int _length;

    /// <summary>Begins again; earlier lines can no longer be bound.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a line.</summary>
    public EncodedLine Add(in StyledLine line)
    {
        var style = _style.Encode(line);
        var most = _length + Encoding.UTF8.GetMaxByteCount(line.Text.Length) + style.Length;
        if (most > _utf8.Length) Grow(most);
        var start = _length;
        var length = Encoding.UTF8.GetBytes(line.Text, _utf8.AsSpan(start));
        style.CopyTo(_utf8.AsSpan(start + length));
        _length += length + style.Length;
        return new EncodedLine(start, length, style.Length);
    }

    /// <summary>Binds the text of a line to the parameter, and its styles to the next one. The statement has to run before the next line is added.</summary>
    public unsafe void Bind(PreparedStatement statement, int parameter, in EncodedLine line)
    {
        var text = (byte*)Unsafe.AsPointer(ref _utf8[0]) + line.Start; // pinned
        statement.BindInPlace(parameter, text, line.TextLength);
        if (line.StyleLength > 0) statement.BindInPlace(parameter + 1, text + line.TextLength, line.StyleLength);
        else statement.BindNull(parameter + 1);
    }

    private static byte[] Reserve(int length) => GC.AllocateUninitializedArray<byte>(length, pinned: true);

    private void Grow(int least)
    {
        var larger = Reserve(Math.Max(least, 2 * _utf8.Length));
        _utf8.AsSpan(0, _length).CopyTo(larger);
        _utf8 = larger;
    }
}

/// <summary>Where a <see cref="ContentEncoder"/> has a line.</summary>
internal readonly record struct EncodedLine(int Start, int TextLength, int StyleLength)
{
    /// <summary>What the line takes in the database: see <see cref="LineSize"/>.</summary>
    public int Size => TextLength + StyleLength + LineSize.PerLine;
}
