using System.Text;
using OvermindGui.Core.Errors;
using OvermindGui.Core.Levels;
using OvermindGui.Core.Storage;
using OvermindGui.Core.Terminal;

namespace OvermindGui.Daemon.Persistence;

/// <summary>Hands a line to a statement as what is stored of it: text, and its style or null. Keeps its buffers.</summary>
internal sealed class ContentBinder
{
    private readonly StyleRunEncoder _style = new();
    private byte[] _utf8 = new byte[1024];

    /// <summary>
    /// Binds the text to the parameter, and to those behind it the style, the level, whether the line continues another, and the error
    /// that it names. Returns what the line takes: see <see cref="LineSize"/>.
    /// </summary>
    /// <param name="isOutput">Whether a process printed it: the daemon's own notices are no errors of a program.</param>
    public int Bind(PreparedStatement statement, int parameter, in StyledLine line, LineTraits traits, bool isOutput)
    {
        var most = Encoding.UTF8.GetMaxByteCount(line.Text.Length);
        if (_utf8.Length < most) _utf8 = new byte[most];
        var length = Encoding.UTF8.GetBytes(line.Text, _utf8);
        statement.Bind(parameter, _utf8.AsSpan(0, length));
        var style = _style.Encode(line);
        if (style.IsEmpty) statement.BindNull(parameter + 1);
        else statement.Bind(parameter + 1, style);
        statement.Bind(parameter + 2, (int)traits.Level);
        statement.Bind(parameter + 3, traits.Continues ? 1 : 0);
        if (isOutput && traits.NamesError) statement.Bind(parameter + 4, ErrorFingerprint.Of(line.Text));
        else statement.BindNull(parameter + 4);
        return length + style.Length + LineSize.PerLine;
    }
}
