using MudBlazor;
using OvermindGui.Core.Failures;

namespace OvermindGui.Web.Components.Failures;

/// <summary>Changes failure declarations for the page and shows the result. Each method returns whether it succeeded.</summary>
public sealed class DeclarationEditor(DeclarationsFile file, ISnackbar snackbar)
{
    public DeclarationsReading Read() => file.Read();

    public Task<bool> AddAsync(string process, FailureDeclaration declaration) => ChangeAsync(
        $"Added failure declaration for {process}", () => file.AddAsync(process, declaration, CancellationToken.None));

    public Task<bool> RemoveAsync(string process, FailureDeclaration declaration) => ChangeAsync(
        $"Removed failure declaration for {process}",
        () => file.RemoveAsync(process, declaration.Pattern, declaration.IsRegex, CancellationToken.None));

    /// <summary>Changes a declaration in place.</summary>
    public Task<bool> ReplaceAsync(string process, FailureDeclaration former, FailureDeclaration declaration) => ChangeAsync(
        $"Changed failure declaration for {process}",
        () => file.ReplaceAsync(process, former, declaration, CancellationToken.None));

    private async Task<bool> ChangeAsync(string done, Func<Task> change)
    {
        try
        {
            await change();
            snackbar.Add(done, Severity.Success, options => options.VisibleStateDuration = 2_500);
            return true;
        }
        catch (DeclarationsFileException e)
        {
            snackbar.Add(e.Message, Severity.Error);
            return false;
        }
    }
}
