using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace OvermindGui.Benchmarks;

/// <summary>The least that reading terminals costs: a C program that counts the lines and keeps nothing (<c>pty-limit.c</c>).</summary>
internal sealed class PtyLimit
{
    private readonly string _program;

    private PtyLimit(string program) => _program = program;

    /// <summary>Null, with a line that says so, where there is no C compiler.</summary>
    public static PtyLimit? Build()
    {
        var source = Path.Combine(Product.Root, "tests", "OvermindGui.Benchmarks", "pty-limit.c");
        var program = Path.Combine(AppContext.BaseDirectory, "pty-limit");
        try
        {
            using var compiler = Process.Start("cc", ["-O2", "-o", program, source]);
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? new PtyLimit(program) : throw new InvalidOperationException($"{source} does not compile");
        }
        catch (Win32Exception)
        {
            Console.WriteLine("no C compiler (cc): the figures come without the limit");
            return null;
        }
    }

    /// <summary>Lines per second and CPU µs per line while so many terminals bring what the command prints.</summary>
    public async Task<(double Rate, double Cpu)> MeasureAsync(int terminals, string command)
    {
        using var limit = Process.Start(new ProcessStartInfo(_program, [$"{terminals}", "sh", "-c", command]) { RedirectStandardOutput = true })!;
        var figures = (await limit.StandardOutput.ReadToEndAsync()).Split(' ');
        await limit.WaitForExitAsync();
        double At(int index) => double.Parse(figures[index], CultureInfo.InvariantCulture);
        return (At(0) / At(1), At(2) * 1e6 / At(0));
    }
}
