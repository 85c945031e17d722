using Bunit;
using OvermindGui.Core.Contracts;
using OvermindGui.Web.Components.Processes;
using OvermindGui.Web.Configuration;
using OvermindGui.Web.Tests.Support;

namespace OvermindGui.Web.Tests.Components.Processes;

public sealed class AnswerFieldTests : DashboardContext
{
    private static readonly ProcessInfo Asking = Sample.Process("web", startedAt: DateTimeOffset.UnixEpoch) with { WaitingForInput = InputWait.Text };

    [Fact]
    public void A_process_that_asks_says_so_and_one_click_opens_a_field_below_its_question()
    {
        AddOptions(null);
        Project.WithDatabase().Append("web", "building", "<b>Overwrite?</b> [y/N] ");
        var module = Script;
        module.SetupModule("attach", _ => true);
        var row = RenderRow(Asking);
        Assert.Equal("waiting for input", row.Find("[data-testid=asks-web]").TextContent);
        Assert.StartsWith("waiting for input", row.Find("[data-testid=status-web]").TextContent.Trim(), StringComparison.Ordinal); // for screen readers
        Assert.Empty(row.FindAll("[data-testid=answer-web]"));

        row.Find("[data-testid=asks-web]").Click();

        Assert.Equal("<b>Overwrite?</b> [y/N] ", row.Find("[data-testid=question-web]").TextContent);
        var field = row.Find("[data-testid=answer-text-web]");
        Assert.Equal(("text", "Answer to web"), (field.GetAttribute("type"), field.GetAttribute("aria-label")));
        Assert.Equal("web", module.Invocations["attach"].Single().Arguments[1]);
    }

    [Fact]
    public void An_answer_that_was_taken_closes_the_field()
    {
        AddOptions(null);
        Script.SetupModule("attach", _ => true).Setup<string?>("send").SetResult(null);
        var row = RenderOpen(Asking);

        row.Find("form").Submit();

        row.WaitForAssertion(() => Assert.Empty(row.FindAll("form")));
    }

    [Fact]
    public void An_answer_that_was_not_taken_stays_beside_the_reason()
    {
        AddOptions(null);
        Script.SetupModule("attach", _ => true).Setup<string?>("send").SetResult("web does not read what is typed");
        var row = RenderOpen(Asking);

        row.Find("form").Submit();

        row.WaitForAssertion(() => Assert.Equal("web does not read what is typed", row.Find("[role=alert]").TextContent));
        Assert.Single(row.FindAll("form"));
    }

    [Fact]
    public void A_field_for_a_password_stays_one_while_it_is_open()
    {
        AddOptions(null);
        var row = RenderOpen(Asking with { WaitingForInput = InputWait.Password });
        Assert.Equal(("password", "Password for web"), Field());

        row.Render(p => p.Add(r => r.Process, Asking with { WaitingForInput = null }));
        Assert.Equal(("password", "Password for web"), Field());

        row.Render(p => p.Add(r => r.Process, Sample.Process("web", ProcessState.Stopped)));
        Assert.Empty(row.FindAll("form"));

        (string?, string?) Field() => (row.Find("form input").GetAttribute("type"), row.Find("form input").GetAttribute("aria-label"));
    }

    [Fact]
    public void Where_nothing_is_typed_there_is_no_field_but_the_terminal()
    {
        AddOptions(null, new WebAccess { NoInput = true });
        var opened = 0;
        var row = Render<ProcessRow>(p => p.Add(r => r.Process, Asking).Add(r => r.DaemonAlive, true).Add(r => r.OnTerminal, () => opened++));
        row.Find("[data-testid=asks-web]").Click();
        Assert.Empty(row.FindAll("form"));
        Assert.Contains("--no-input", row.Find("[data-testid=answer-web]").TextContent, StringComparison.Ordinal);

        row.Find("[data-testid=answer-terminal-web]").Click();

        Assert.Equal(1, opened);
    }

    [Fact]
    public void The_terminal_is_one_click_away()
    {
        AddOptions(null);
        var opened = 0;
        var row = Render<ProcessRow>(p => p.Add(r => r.Process, Asking).Add(r => r.DaemonAlive, true).Add(r => r.OnTerminal, () => opened++));
        row.Find("[data-testid=asks-web]").Click();

        row.Find("[data-testid=answer-terminal-web]").Click();

        Assert.Equal(1, opened);
    }

    [Fact]
    public async Task The_details_have_the_same_badge_and_field()
    {
        AddOptions(null);
        var panel = Render<ProcessPanel>(p => p.Add(d => d.Name, "web").Add(d => d.Snapshot, Sample.Snapshot(Asking)));

        await panel.InvokeAsync(() => panel.Find("[data-testid=panel-asks]").Click()); // not while it renders what it has read

        Assert.Equal("Waiting for input", panel.Find("[data-testid=panel-asks]").TextContent.Trim());
        Assert.Single(panel.FindAll("[data-testid=answer-text-web]"));
    }

    private BunitJSModuleInterop Script => JSInterop.SetupModule("./_content/OvermindGui.Web/Components/Processes/AnswerField.razor.js");

    private IRenderedComponent<ProcessRow> RenderRow(ProcessInfo process) =>
        Render<ProcessRow>(p => p.Add(r => r.Process, process).Add(r => r.DaemonAlive, true));

    private IRenderedComponent<ProcessRow> RenderOpen(ProcessInfo process)
    {
        var row = RenderRow(process);
        row.Find("[data-testid=asks-web]").Click();
        return row;
    }
}
