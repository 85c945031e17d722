using Microsoft.AspNetCore.Components.Web;
using OvermindGui.Web.Components.Menus;

namespace OvermindGui.Web.Components.Processes;

/// <summary>What the rows of the list share.</summary>
/// <param name="Names">Every name that can be chosen.</param>
/// <param name="SelectAsync">Makes another selection the page's.</param>
/// <param name="Entries">What the menu of a name has that is not the row's own.</param>
/// <param name="OpenMenu">Opens the menu of a name with these entries.</param>
public sealed record RowScope(
    Selection Selection, IReadOnlyList<string> Names, Func<Selection, Task> SelectAsync, Func<string, IEnumerable<MenuEntry?>> Entries,
    Action<string, IReadOnlyList<MenuEntry?>, MouseEventArgs> OpenMenu);
