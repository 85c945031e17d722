using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OvermindGui.Core.Tests.Xterm;

/// <summary>xterm.js under Node: asks what a terminal makes of some output. One process for all questions of a test class.</summary>
public sealed class XtermReference : IAsyncDisposable
{
    private readonly Process _node;
    private readonly Lock _gate = new();

    public XtermReference()
    {
        _node = Process.Start(new ProcessStartInfo("node", "reference.mjs")
        {
            WorkingDirectory = Folder(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("node did not start");
    }

    /// <summary>What the terminal shows after this output.</summary>
    public XtermState State(byte[] output, int columns, int rows)
    {
        lock (_gate)
        {
            _node.StandardInput.WriteLine(JsonSerializer.Serialize(new { output = Convert.ToBase64String(output), columns, rows }));
            var answer = _node.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("The reference ended; \"./run test Core\" installs what it needs (npm, tests/OvermindGui.Core.Tests/Xterm)");
            using var json = JsonDocument.Parse(answer);
            var lines = json.RootElement.GetProperty("lines").EnumerateArray().Select(row => (ToRow(row), row[2].GetBoolean())).ToList();
            var cursor = json.RootElement.GetProperty("cursor");
            return new XtermState(
                TerminalRow.WithoutEmptyEnd(lines.Select(row => row.Item1)),
                Unwrapped(lines.Select(row => (row.Item1.Text, row.Item2))),
                [.. json.RootElement.GetProperty("screen").EnumerateArray().Select(ToRow)],
                (cursor[0].GetInt32(), cursor[1].GetInt32()));
        }
    }

    private static TerminalRow ToRow(JsonElement row) =>
        new(row[0].GetString()!, [.. row[1].EnumerateArray().Select(style => style.GetString())]);

    private static List<string> Unwrapped(IEnumerable<(string Text, bool Wrapped)> rows)
    {
        var lines = new List<string>();
        foreach (var (text, wrapped) in rows)
        {
            if (wrapped && lines.Count > 0) lines[^1] += text;
            else lines.Add(text);
        }

        return lines;
    }

    // The packages are installed beside the sources.
    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }
}

/// <summary>What xterm.js shows.</summary>
/// <param name="Rows">The rows of the normal screen and what scrolled off it, without the empty ones at the end.</param>
/// <param name="Lines">The same, as lines that are not wrapped.</param>
/// <param name="Screen">The rows of the screen in use.</param>
/// <param name="Cursor">Its place on the screen, from 0.</param>
public sealed record XtermState(IReadOnlyList<TerminalRow> Rows, IReadOnlyList<string> Lines, IReadOnlyList<TerminalRow> Screen, (int Row, int Column) Cursor);
