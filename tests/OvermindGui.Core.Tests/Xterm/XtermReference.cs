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

    /// <summary>The rows of the screen and what scrolled off it, without the empty ones at the end.</summary>
    public IReadOnlyList<TerminalRow> Rows(byte[] output, int columns, int rows)
    {
        lock (_gate)
        {
            _node.StandardInput.WriteLine(JsonSerializer.Serialize(new { output = Convert.ToBase64String(output), columns, rows }));
            var answer = _node.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException("The reference ended; \"./run test Core\" installs what it needs (npm, tests/OvermindGui.Core.Tests/Xterm)");
            using var json = JsonDocument.Parse(answer);
            return TerminalRow.WithoutEmptyEnd(json.RootElement.EnumerateArray().Select(row => new TerminalRow(
                row[0].GetString()!, [.. row[1].EnumerateArray().Select(style => style.GetString())])));
        }
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
