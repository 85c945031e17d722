using OvermindGui.Core.Terminal;

namespace OvermindGui.Core.Storage;

/// <summary>
/// The view <c>output_lines(id, process, html, text, time, stream, run_id)</c> that scripts read: the same markup as
/// <see cref="HtmlRenderer"/> writes, in SQL that any sqlite3 since 3.38 understands.
/// </summary>
internal static class OutputLinesView
{
    private static readonly string Piece = Text("substr(l.text, json_extract(value, '$[0]') + 1, json_extract(value, '$[1]'))");

    public static readonly string Sql =
        $"""
        CREATE VIEW output_lines AS
        SELECT l.id, p.name AS process,
          CASE WHEN l.style IS NULL THEN {Text("l.text")} ELSE (
            SELECT group_concat(
              CASE WHEN class = '' AND colors = '' AND link IS NULL THEN piece
                WHEN link IS NULL THEN '<span class="' || class || '"' || style || '>' || piece || '</span>'
                ELSE '<a class="' || class || '"' || style || ' href="' || {Escaped("link")} ||
                  '" target="_blank" rel="noopener noreferrer nofollow">' || piece || '</a>' END, '')
            FROM (
              SELECT *, CASE WHEN colors = '' THEN '' ELSE ' style="' || substr(colors, 2) || '"' END AS style
              FROM (
                SELECT json_extract(value, '$[2]') AS class, {Piece} AS piece, json_extract(value, '$[6]') AS link,
                  coalesce(';--fg:' || json_extract(value, '$[3]'), '') || coalesce(';--bg:' || json_extract(value, '$[4]'), '') ||
                  CASE WHEN json_extract(value, '$[5]') LIKE 'a%' THEN ';--ul:var(--' || json_extract(value, '$[5]') || ')'
                    ELSE coalesce(';--ul:' || json_extract(value, '$[5]'), '') END AS colors
                FROM json_each(l.style))))
          END AS html,
          l.text, l.time / 1000.0 AS time, l.stream, l.run_id
        FROM lines l JOIN processes p ON p.id = l.process_id AND l.id > p.cleared_id
        """;

    private static string Escaped(string sql) =>
        $"replace(replace(replace(replace(replace({sql}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '\"', '&quot;'), '''', '&#39;')";

    private static string Text(string sql) => HtmlRenderer.DirectionControlCharacters.Aggregate(
        Escaped(sql), (text, control) => $"replace({text}, char({(int)control}), '<span class=\"control\">U+{(int)control:X4}</span>')");
}
