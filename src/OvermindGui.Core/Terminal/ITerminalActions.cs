namespace OvermindGui.Core.Terminal;

/// <summary>Receives what <see cref="TerminalParser"/> parses, in stream order.</summary>
public interface ITerminalActions
{
    /// <summary>Printable text, never empty, free of C0 and C1 controls.</summary>
    /// <param name="endsLine">A newline is the next action. Without it one may still be, because more input is needed to know.</param>
    void Print(ReadOnlySpan<char> text, bool endsLine);

    /// <summary>A C0 control (0x00 to 0x1F) or DEL.</summary>
    void Execute(byte control);

    /// <summary>A complete CSI sequence.</summary>
    void ControlSequence(in ControlSequence sequence);

    /// <summary>
    /// A complete escape sequence other than CSI or a string: <c>ESC intermediate final</c>; intermediate is 0 if it is missing.
    /// </summary>
    void EscapeSequence(byte intermediate, byte final);

    /// <summary>A complete OSC string, without its end; never longer than the parser keeps.</summary>
    /// <param name="endedByBell">False: it ended with ST.</param>
    void OperatingSystemCommand(ReadOnlySpan<byte> payload, bool endedByBell);
}

/// <summary>A CSI sequence: <c>ESC [ marker parameters intermediate final</c>.</summary>
/// <param name="parameters">At least one; an omitted one has <see cref="SequenceParameter.Value"/> -1.</param>
/// <param name="marker">One of <c>&lt; = &gt; ?</c> for private sequences, else 0.</param>
/// <param name="intermediate">The last byte 0x20 to 0x2F before the final one, else 0.</param>
/// <param name="final">0x40 to 0x7E.</param>
public readonly ref struct ControlSequence(ReadOnlySpan<SequenceParameter> parameters, byte marker, byte intermediate, char final)
{
    public ReadOnlySpan<SequenceParameter> Parameters { get; } = parameters;

    /// <summary>One of <c>&lt; = &gt; ?</c> for private sequences, else 0.</summary>
    public byte Marker { get; } = marker;

    /// <summary>The last byte 0x20 to 0x2F before the final one, else 0.</summary>
    public byte Intermediate { get; } = intermediate;

    public char Final { get; } = final;

    /// <summary>True when no private marker and no intermediate byte changes the meaning of <see cref="Final"/>.</summary>
    public bool IsStandard => Marker == 0 && Intermediate == 0;

    /// <summary>True for <c>CSI ? … h</c> and <c>CSI ? … l</c>, which set and reset modes of the terminal.</summary>
    public bool IsPrivateMode => Marker == (byte)'?' && Intermediate == 0 && Final is 'h' or 'l';

    /// <summary>
    /// True for <c>CSI … J</c> and <c>CSI … K</c>, also with <c>?</c>, which spares protected cells; this terminal has none.
    /// </summary>
    public bool IsErasure => Marker is 0 or (byte)'?' && Intermediate == 0 && Final is 'J' or 'K';

    /// <summary>True for <c>CSI ! p</c> (DECSTR).</summary>
    public bool IsSoftReset => Marker == 0 && Intermediate == (byte)'!' && Final == 'p';

    /// <summary>True for <c>CSI ? …</c> where plain and private sequences ask for the same.</summary>
    public bool IsPrivate => Marker == (byte)'?';

    /// <summary>True when these are the two bytes before <see cref="Final"/>, 0 for a missing one.</summary>
    public bool Has(char marker, char intermediate) => Marker == marker && Intermediate == intermediate;

}

/// <summary>A number of a CSI sequence.</summary>
/// <param name="Value">0 to 65535, or -1 when omitted.</param>
/// <param name="IsSub">True when a colon stood before it (ECMA-48 5.4.2), so that it belongs to the parameter before.</param>
public readonly record struct SequenceParameter(int Value, bool IsSub)
{
    public static SequenceParameter Empty => new(-1, false);

    /// <summary>The value, or 0 when omitted, as SGR wants it.</summary>
    public int OrZero => Math.Max(Value, 0);
}
