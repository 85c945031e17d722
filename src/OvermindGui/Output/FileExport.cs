using System.Text;
using OvermindGui.Core.Output;
using OvermindGui.Invocation;
using OvermindGui.Web.Api;

namespace OvermindGui.Output;

/// <summary>Writes lines to a file in the format of its extension.</summary>
internal static class FileExport
{
    private const int WriteAt = 64 * 1024; // characters

    /// <exception cref="CommandFailure">The file cannot be written.</exception>
    public static void Write(string path, string title, IEnumerable<OutputLine> lines, CancellationToken stop)
    {
        var export = LineExport.Parse(Path.GetExtension(path).TrimStart('.')) ?? new LineExport(ExportFormat.Log);
        try
        {
            using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var text = new StringBuilder();
            export.Begin(text, title);
            foreach (var line in lines)
            {
                if (stop.IsCancellationRequested) break;
                export.Append(text, line);
                if (text.Length < WriteAt) continue;
                file.Write(text);
                text.Clear();
            }

            export.End(text);
            file.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"Error: Cannot write {path}: {e.Message}");
        }
    }
}
