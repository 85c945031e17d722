using OvermindGui.Core.Resources;

namespace OvermindGui.Core.Tests.Resources;

public sealed class ControlGroupTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("overmind-gui-cgroup-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_process_in_a_cgroup_of_its_own_has_the_accounts_of_the_kernel()
    {
        Write("proc/self/cgroup", "0::/user.slice/terminal.scope\n");
        Write("proc/42/cgroup", "0::/user.slice/web.scope\n");
        Write("sys/user.slice/web.scope/cpu.stat", "usage_usec 2500000\nuser_usec 2000000\n");
        Write("sys/user.slice/web.scope/memory.current", "1000000\n");
        Write("sys/user.slice/web.scope/memory.stat", "anon 1\ninactive_file 400000\n");
        Write("sys/user.slice/web.scope/io.stat", "8:0 rbytes=100 wbytes=20 rios=1\n8:16 rbytes=1 wbytes=2\n");

        Assert.Equal(new ControlGroup(TimeSpan.FromSeconds(2.5), 600_000, 101, 22), Read());
    }

    [Theory]
    [InlineData("0::/same.scope\n")]
    [InlineData("0::/\n")]
    [InlineData("4:memory:/own\n")]
    public void A_shared_cgroup_the_root_and_version_1_are_none(string group)
    {
        Write("proc/self/cgroup", "0::/same.scope\n");
        Write("proc/42/cgroup", group);
        Write("sys/same.scope/memory.current", "1\n");
        Write("sys/memory.current", "1\n");

        Assert.Null(Read());
    }

    private ControlGroup? Read() => ControlGroup.Of(42, new ProcFiles(Path.Combine(_root, "proc")), Path.Combine(_root, "sys"));

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
