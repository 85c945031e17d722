namespace OvermindGui.EndToEnd.Support;

/// <summary>What <c>./run release</c> has made, brought to a machine as people do it: into a folder that was empty.</summary>
internal sealed class InstalledProduct : IDisposable
{
    private static readonly string Release = Path.Combine(Published.Root, ".build", "release");

    private readonly string _folder = Directory.CreateTempSubdirectory("overmind-gui-installed-").FullName;

    public string Executable => Path.Combine(_folder, "overmind-gui");

    /// <summary>What a single file unpacks and a package is unpacked to stays here, so that nothing of an earlier build is taken; and nothing is sent anywhere.</summary>
    public Dictionary<string, string> Environment { get; } = new() { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1" };

    private InstalledProduct() =>
        (Environment["DOTNET_BUNDLE_EXTRACT_BASE_DIR"], Environment["NUGET_PACKAGES"]) = (Path.Combine(_folder, "unpacked"), Path.Combine(_folder, "packages"));

    /// <summary>The one file, and nothing beside it.</summary>
    public static InstalledProduct SingleFile()
    {
        var made = Directory.Exists(Release) ? Directory.GetDirectories(Release) : [];
        Assert.True(made.Length == 1, $"{Release} must hold one single-file build; ./run release makes it");
        var product = new InstalledProduct();
        File.Copy(Assert.Single(Directory.GetFileSystemEntries(made[0])), product.Executable);
        return product;
    }

    /// <summary>By <c>dotnet tool install</c>, with the folder of the package as the only source.</summary>
    public static async Task<InstalledProduct> ToolAsync()
    {
        var product = new InstalledProduct();
        var installed = await product.RunFileAsync(Dotnet, "tool", "install", "OvermindGui", "--tool-path", product._folder, "--source", Release);
        if (installed.ExitCode == 0) return product;
        product.Dispose();
        throw new InvalidOperationException($"{Release} must hold the package; ./run release makes it\n{installed.Output}{installed.Errors}");
    }

    public Task<CliResult> RunAsync(params string[] words) => RunFileAsync(Executable, words);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Dotnet => System.Environment.GetEnvironmentVariable("DOTNET") is { Length: > 0 } dotnet ? dotnet : "dotnet";

    private Task<CliResult> RunFileAsync(string file, params string[] words) =>
        Cli.RunAsync("env", Path.GetTempPath(), [.. Environment.Select(v => $"{v.Key}={v.Value}"), file, .. words]);
}
