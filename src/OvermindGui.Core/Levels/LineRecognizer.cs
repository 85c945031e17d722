namespace OvermindGui.Core.Levels;

/// <summary>
/// Detects the level and continuation of the lines of one stream, in order. When a line changes later, it is evaluated again between the
/// same neighbours. Not thread-safe.
/// </summary>
/// <param name="remembered">
/// How many of the newest lines may still change. An older line that changes, such as a footer, is evaluated without its neighbours.
/// </param>
public sealed class LineRecognizer(int remembered)
{
    private readonly Context[] _after = new Context[remembered + 1];
    private long _newest;

    private enum Trace : byte
    {
        None,

        /// <summary>Indented lines belong to the line before.</summary>
        Indented,

        /// <summary>A stack trace of Node, Java, .NET, Ruby or PHP.</summary>
        Frames,
        Python,

        /// <summary>After the message of a Python exception: a chained exception may follow.</summary>
        PythonEnd,
        PythonChain,
        Go,
        Rust,
        RustMessage,

        /// <summary>After the head of .NET's console logger: its message follows.</summary>
        DotNetMessage,
    }

    /// <param name="number">The line's number in the stream. New lines arrive in order; a changed line keeps its number.</param>
    public LineTraits Recognize(long number, ReadOnlySpan<char> line)
    {
        if (number <= _newest - _after.Length) return Look(line, default, out _);
        _newest = Math.Max(_newest, number);
        var before = number == 0 ? default : _after[(number - 1) % _after.Length];
        var traits = Look(line, before, out var trace);
        _after[number % _after.Length] = new Context(trace, traits.Level);
        return traits;
    }

    private static LineTraits Look(ReadOnlySpan<char> line, Context before, out Trace trace)
    {
        var text = line.TrimStart();
        if (text.IsEmpty)
        {
            var continues = before.Trace is Trace.Go or Trace.PythonEnd or Trace.PythonChain or Trace.Rust;
            trace = continues ? before.Trace : Trace.None;
            return new LineTraits(continues ? before.Level : LineLevel.None, continues);
        }

        var indented = text.Length < line.Length;
        if (Continues(text, indented, before.Trace, out trace))
        {
            var isMessage = before.Trace switch
            {
                Trace.Python => trace == Trace.PythonEnd,
                Trace.DotNetMessage => trace == Trace.Indented,
                Trace.RustMessage => true,
                _ => false,
            };
            return before.Trace == Trace.None ? new LineTraits(LineLevel.Error, Continues: true)
                : new LineTraits(before.Level, Continues: true) { IsMessage = isMessage && before.Level == LineLevel.Error };
        }

        var level = LevelReader.Of(text);
        trace = Begins(text, level);
        return new LineTraits(level, Continues: false)
        {
            MessageFollows = level == LineLevel.Error && trace is Trace.Python or Trace.RustMessage or Trace.DotNetMessage,
        };
    }

    private static bool Continues(ReadOnlySpan<char> text, bool indented, Trace before, out Trace trace)
    {
        trace = before;
        if (indented && StackTrace.IsFrame(text))
        {
            if (before is Trace.None or Trace.Indented or Trace.DotNetMessage) trace = Trace.Frames;
            return true;
        }

        switch (before)
        {
            case Trace.None:
                return false;
            case Trace.Indented:
                return indented || GoesOnAs(text, Trace.Frames, out trace);
            case Trace.DotNetMessage:
                trace = indented ? Trace.Indented : Trace.None;
                return indented;
            case Trace.Frames:
                return indented || StackTrace.GoesOn(text);
            case Trace.Python:
                if (!indented) trace = Trace.PythonEnd;
                return indented || StackTrace.IsExceptionMessage(text) || text.IndexOf(": ") > 0 || text.IndexOf(' ') < 0;
            case Trace.PythonEnd:
                if (StackTrace.IsPythonChain(text)) trace = Trace.PythonChain;
                return trace == Trace.PythonChain;
            case Trace.PythonChain:
                if (StackTrace.IsPythonHead(text)) trace = Trace.Python;
                return true;
            case Trace.Go:
                return indented || StackTrace.GoesOn(text) || StackTrace.IsGoFunction(text);
            case Trace.RustMessage:
                trace = Trace.Rust;
                return true;
            default:
                return indented || StackTrace.GoesOn(text);
        }
    }

    private static bool GoesOnAs(ReadOnlySpan<char> text, Trace next, out Trace trace)
    {
        var goesOn = StackTrace.GoesOn(text) && text[0] != '}';
        trace = goesOn ? next : Trace.None;
        return goesOn;
    }

    private static Trace Begins(ReadOnlySpan<char> text, LineLevel level)
    {
        if (IsDotNetConsoleHead(text)) return Trace.DotNetMessage;
        if (level != LineLevel.Error) return Trace.None;
        if (StackTrace.IsPythonHead(text) || text.EndsWith("Traceback (most recent call last):", StringComparison.Ordinal)) return Trace.Python;
        if (StackTrace.IsGoHead(text)) return Trace.Go;
        if (StackTrace.IsRustHead(text)) return text[^1] == ':' ? Trace.RustMessage : Trace.Rust;
        return Trace.Indented;
    }

    // "info: Microsoft.Hosting.Lifetime[14]": the message follows, indented.
    private static bool IsDotNetConsoleHead(ReadOnlySpan<char> text) =>
        text.Length > 8 && text[4] == ':' && text[5] == ' ' && text[^1] == ']' && text.IndexOf('[') > 6;

    private readonly record struct Context(Trace Trace, LineLevel Level);
}
