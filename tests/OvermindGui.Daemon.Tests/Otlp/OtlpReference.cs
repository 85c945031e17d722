using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OvermindGui.Daemon.Tests.Otlp;

/// <summary>OpenTelemetry's own encoding, under Node.</summary>
internal sealed class OtlpReference : IAsyncDisposable
{
    private readonly Process _node = Process.Start(new ProcessStartInfo("node", "reference.mjs")
    {
        WorkingDirectory = Folder(),
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException("node did not start");

    public async Task<JsonElement> AskAsync(object question)
    {
        await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(question));
        var answer = await _node.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The reference ended; \"./run test Daemon\" installs what it needs (npm, tests/OvermindGui.Daemon.Tests/Otlp)");
        return JsonDocument.Parse(answer).RootElement;
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
