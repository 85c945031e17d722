using System.Diagnostics;
using OvermindGui.Core.Posix;

namespace OvermindGui.Core.Tests.Posix;

public sealed class BoundedFileReaderTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-files-").FullName;

    [Fact]
    public void A_file_is_read_whole_also_through_a_link()
    {
        var (file, link) = (Path.Combine(_root, "file"), Path.Combine(_root, "link"));
        var content = new byte[BoundedFileReader.LargestFile];
        Random.Shared.NextBytes(content);
        File.WriteAllBytes(file, content);
        File.CreateSymbolicLink(link, file);

        Assert.Equal(content, BoundedFileReader.Read(file));
        Assert.Equal(content, BoundedFileReader.Read(link));
    }

    [Fact]
    public void What_does_not_say_how_large_it_is_is_bounded_as_well()
    {
        // Files of /proc have no size.
        Assert.NotEmpty(BoundedFileReader.Read("/proc/self/status"));
        Assert.Equal("it is larger than 0 KiB", Assert.Throws<IOException>(() => BoundedFileReader.Read("/proc/self/status", 100)).Message);
    }

    [Theory]
    [InlineData("/dev/zero", "it is neither a file nor a pipe")]
    [InlineData("/tmp", "it is a folder")]
    public void What_is_no_file_is_refused(string path, string expected) =>
        Assert.Equal(expected, Assert.Throws<IOException>(() => BoundedFileReader.Read(path)).Message);

    [Fact]
    public void A_missing_file_is_said_to_be_missing() =>
        Assert.Throws<FileNotFoundException>(() => BoundedFileReader.Read(Path.Combine(_root, "missing")));

    [Fact(Timeout = Timeout)]
    public async Task A_pipe_that_delivers_is_read()
    {
        var pipe = Pipe();
        var writing = Task.Run(() => File.WriteAllTextAsync(pipe, "A=1\n"), TestContext.Current.CancellationToken);

        Assert.Equal("A=1\n"u8, BoundedFileReader.Read(pipe));
        await writing;
    }

    [Fact(Timeout = Timeout)]
    public async Task A_pipe_at_whose_other_end_nothing_happens_is_given_up()
    {
        var pipe = Pipe();
        await Task.Run(
            () =>
            {
                var waiting = Stopwatch.StartNew();
                Assert.Contains("it is a pipe", Assert.Throws<IOException>(() => BoundedFileReader.Read(pipe)).Message, StringComparison.Ordinal);
                Assert.InRange(waiting.Elapsed.TotalSeconds, 1.9, 20);
            },
            TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_pipe_that_stays_open_is_given_up()
    {
        var pipe = Pipe();
        await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        await writer.WriteAsync("A=1\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await writer.FlushAsync(TestContext.Current.CancellationToken);

        await Task.Run(
            () => Assert.Contains(
                "not all of it has come within 2 s", Assert.Throws<IOException>(() => BoundedFileReader.Read(pipe)).Message, StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = Timeout)]
    public async Task Many_may_read_one_file_at_a_time()
    {
        var file = Path.Combine(_root, "file");
        await File.WriteAllTextAsync(file, "A=1\n", TestContext.Current.CancellationToken);
        await Parallel.ForAsync(0, 100, TestContext.Current.CancellationToken, (_, _) =>
        {
            Assert.Equal("A=1\n"u8, BoundedFileReader.Read(file));
            return ValueTask.CompletedTask;
        });
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Pipe()
    {
        var path = Path.Combine(_root, "pipe");
        using var mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
        return path;
    }
}
