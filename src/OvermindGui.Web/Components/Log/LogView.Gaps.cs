using OvermindGui.Core.Output;

namespace OvermindGui.Web.Components.Log;

public sealed partial class LogView
{
    private const int GapPageSize = 1_000;

    private async Task FillAsync(LogGap gap)
    {
        await ChangeFollowingAsync(false, told: false); // who loads wants to read
        _loading = true;
        Render();
        var filter = Filter;
        var page = await ReadPageAsync(() => UpTo(gap.LastId, _search.After(gap.FirstId - 1, filter, GapPageSize)));
        _loading = false;
        if (page is not null && filter == Filter) _buffer.Fill(gap, page.Found, page.Reached);
        Render();
    }

    private static TextPage<OutputLine> UpTo(long last, TextPage<OutputLine> page) =>
        page.Reached < last && !page.IsEnd ? page : page with { Found = [.. page.Found.Where(l => l.Id <= last)], Reached = last };
}
