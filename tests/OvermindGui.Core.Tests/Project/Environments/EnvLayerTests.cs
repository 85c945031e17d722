using OvermindGui.Core.Project.Planning;
using OvermindGui.Core.Tests.Support;

namespace OvermindGui.Core.Tests.Project.Environments;

/// <summary>The layers of <c>.env</c>, which are read when that is asked for.</summary>
public sealed class EnvLayerTests : IDisposable
{
    private readonly PlanProject _project = new PlanProject("web: bin/web\n")
        .With(".env", "A=env\nB=env\nC=env\nD=env\n").With(".env.development", "B=dev\nC=dev\nD=dev\n")
        .With(".env.local", "C=local\nD=local\n").With(".env.development.local", "D=dev-local\n");

    [Fact]
    public void Unasked_they_are_left_alone() => Assert.Equal("env env env env", Values());

    [Fact]
    public void An_option_asks_for_them() => Assert.Equal("env dev local dev-local", Values(new PlanOptions { EnvLayers = true }));

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    public void A_variable_asks_for_them(string value)
    {
        _project.WithVariable("OVERMIND_GUI_ENV_LAYERS", value);
        Assert.Equal("env dev local dev-local", Values());
        Assert.Equal("env env env env", Values(new PlanOptions { EnvLayers = false }));
    }

    [Fact]
    public void The_settings_file_asks_for_them()
    {
        _project.With("overmind-gui.yaml", "env_layers: true\n");
        Assert.Equal("env dev local dev-local", Values());
        Assert.Equal("env env env env", Values(new PlanOptions { EnvLayers = false }));
        Assert.Equal("env env env env", Values(variable: "0"));
    }

    [Fact]
    public void A_variable_that_means_nothing_is_an_error() => Assert.Equal(
        ["OVERMIND_GUI_ENV_LAYERS: \"maybe\" is refused; expected true or false"],
        _project.WithVariable("OVERMIND_GUI_ENV_LAYERS", "maybe").Load().Errors());

    [Fact]
    public void A_file_that_sets_no_layers_is_reported_as_any_other() => Assert.StartsWith(
        "overmind-gui.yaml line 1, column 13: env_layers: expected true or false",
        Assert.Single(_project.With("overmind-gui.yaml", "env_layers: 3\n").Load().Errors()), StringComparison.Ordinal);

    private string Values(PlanOptions? options = null, string? variable = null)
    {
        if (variable is not null) _project.WithVariable("OVERMIND_GUI_ENV_LAYERS", variable);
        var web = _project.Load(options).Process("web");
        return string.Join(' ', "ABCD".Select(name => web.Value($"{name}")));
    }

    public void Dispose() => _project.Dispose();
}
