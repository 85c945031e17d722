namespace OvermindGui.Web.Components.Layout;

/// <summary>What a phone shows; a wider screen shows all of it at once.</summary>
public enum PhoneView
{
    /// <summary>The output.</summary>
    Log,

    /// <summary>The list of processes.</summary>
    Processes,

    /// <summary>The palette.</summary>
    Search,

    /// <summary>Everything else, rare and dangerous actions among it.</summary>
    More,
}
