using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OvermindGui.EndToEnd.Support;

namespace OvermindGui.EndToEnd;

/// <summary>What the log does in Firefox, whose selection, scrolling and clipboard are its own. One browser for all, driven by a script.</summary>
public sealed class FirefoxTests(FirefoxTests.Outcomes outcomes) : IClassFixture<FirefoxTests.Outcomes>
{
    [Theory]
    [InlineData("follow")]
    [InlineData("selection")]
    [InlineData("copy")]
    [InlineData("menus")]
    public void It_works_in_Firefox_too(string scenario) => Assert.Equal("ok", outcomes.Of(scenario));

    /// <summary>Runs the script once.</summary>
    public sealed class Outcomes : IAsyncLifetime
    {
        private static readonly string[] Names = ["firefox-esr", "firefox"];

        private IReadOnlyDictionary<string, string> _outcomes = new Dictionary<string, string>();

        /// <summary><c>ok</c>, or what went wrong.</summary>
        public string Of(string scenario) => _outcomes.GetValueOrDefault(scenario, "not run");

        public async ValueTask InitializeAsync()
        {
            using var folder = new TestFolder("web: i=0; while :; do i=$((i+1)); echo line $i; sleep 0.05; done");
            await using var server = await Server.StartAsync(folder.Folder);
            using var node = Process.Start(new ProcessStartInfo("node", ["reading.mjs", server.Address.ToString(), Find()])
            {
                WorkingDirectory = Folder(),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }) ?? throw new InvalidOperationException("node did not start");
            var error = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await node.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (node.ExitCode != 0) throw new InvalidOperationException($"The script failed; \"./run test EndToEnd\" installs what it needs (npm, {Folder()}):\n{await error}");
            _outcomes = JsonSerializer.Deserialize<Dictionary<string, string>>(output)!;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static string Find()
        {
            if (Environment.GetEnvironmentVariable("OVERMIND_GUI_FIREFOX") is { Length: > 0 } named) return named;
            var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            return path.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
                ?? throw new InvalidOperationException("No Firefox was found. Install one (Debian: apt-get install firefox-esr) or name it in OVERMIND_GUI_FIREFOX.");
        }

        private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Firefox");
    }
}
