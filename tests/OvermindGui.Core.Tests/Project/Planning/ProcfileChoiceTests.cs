using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Planning;

/// <summary>Which Procfile is meant.</summary>
public sealed class ProcfileChoiceTests : IDisposable
{
    private readonly PlanProject _project = new();

    [Fact]
    public void A_Procfile_for_development_is_used_where_it_is_alone()
    {
        File.Delete(_project.Folder.Procfile);
        var plan = _project.With("Procfile.dev", "dev: sleep 1\n").Load();
        Assert.Equal(("Procfile.dev", "dev"), (plan.Settings.Procfile, Assert.Single(plan.Processes).Name));
        Assert.Empty(plan.Problems);
    }

    [Fact]
    public void Beside_a_Procfile_it_is_a_hint()
    {
        var plan = _project.With("Procfile.dev", "dev: sleep 1\n").Load();
        Assert.Equal("Procfile", plan.Settings.Procfile);
        Assert.Equal(
            "Procfile.dev: it is not used, because there is a Procfile too; -f Procfile.dev uses it", Assert.Single(plan.Problems).ToString());
        Assert.True(plan.CanStart);
    }

    [Fact]
    public void A_name_that_is_given_needs_no_hint()
    {
        _project.With("Procfile.dev", "dev: sleep 1\n");
        Assert.Empty(_project.Load(new PlanOptions { Procfile = "Procfile" }).Problems);
        Assert.Equal("dev", Assert.Single(_project.WithVariable("OVERMIND_PROCFILE", "Procfile.dev").Load().Processes).Name);
    }

    [Fact]
    public void Without_any_Procfile_the_usual_name_is_missing()
    {
        File.Delete(_project.Folder.Procfile);
        Assert.StartsWith("Procfile: there is no file ", Assert.Single(_project.Load().Errors()), StringComparison.Ordinal);
    }

    public void Dispose() => _project.Dispose();
}
