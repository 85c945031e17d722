using OvermindGui.Core.Project;

namespace OvermindGui.Benchmarks;

/// <summary>The projects of which pictures are taken: a shop whose ten processes stream, crash, ask and wait, one of forty processes, and one that prints nothing.</summary>
internal static class ShopProject
{
    private static readonly (string Name, string Script)[] Processes =
    [
        ("web", """
            i=0
            while :; do
              i=$((i + 1))
              case $((i % 13)) in
                4) echo "WARN  slow query 812 ms path=/search rows=12040" ;;
                7) printf '\033[32mPUT\033[0m   /cart/items/%d \033[32m204\033[0m in 4 ms\n' $i ;;
                9) printf '\033[35mPOST\033[0m  /orders/%d/pay \033[31m502\033[0m in 5021 ms\n' $((8000 + i)) ;;
                11) echo "listening on http://localhost:5173/, see src/cart/Total.tsx:42:7" ;;
                *) printf '\033[32mGET\033[0m   /products?page=%d \033[32m200\033[0m in %d ms\n' $((i % 9)) $((i * 7 % 40 + 3)) ;;
              esac
              sleep 0.3
            done
            """),
        ("worker", """
            i=0
            while :; do
              i=$((i + 1))
              case $((i % 6)) in
                1) echo 'level=info msg="job done" queue=billing id=j_10234 took=725ms' ;;
                3) echo '{"level":"error","time":"2026-03-04T10:41:02.118Z","msg":"payment declined","upstream":"timeout after 5000 ms","order":8123,"attempt":3,"customer":{"id":4411,"plan":"business","address":{"city":"Utrecht","zip":"3511"}},"items":[{"sku":"A-100","n":2},{"sku":"B-7","n":1}]}' ;;
                5) echo 'level=warn msg="retrying upstream" in=2s reason=timeout' ;;
                *) echo '{"level":30,"time":1772620862118,"pid":4242,"hostname":"shop","msg":"job started","queue":"mail","id":"j_10235"}' ;;
              esac
              sleep 0.7
            done
            """),
        ("mailer", """
            echo "connecting to postgres://10.0.0.14:5432/shop"
            sleep 1
            echo 'Traceback (most recent call last):'
            for i in 1 2 3 4 5 6; do echo "  File \"/srv/app/mailer.py\", line $((80 + i)), in send"; echo '    conn = psycopg.connect(DSN)'; done
            echo 'psycopg.OperationalError: connection refused: 10.0.0.14:5432'
            exit 3
            """),
        ("migrate", """
            echo "42 migrations, 1 to apply"
            printf 'Apply migration 0042_add_index? [y/N] '
            read -r answer
            echo "You said $answer"
            sleep 1000
            """),
        ("vite", """
            printf '  \033[32mVITE\033[0m v5.4.1  ready in 310 ms\n\n  \033[32m➜\033[0m  Local:   \033[36mhttp://localhost:5173/\033[0m\n'
            while :; do echo "hmr update /src/cart/Total.tsx"; sleep 2; done
            """),
        ("storybook-static-server-with-a-long-name", "while :; do echo \"page reload src/main.tsx\"; sleep 5; done"),
        ("redis", "while :; do echo '1:M 04 Mar 10:41:03.702 * 1 changes in 900 seconds. Saving...'; sleep 3; done"),
        ("search-index", """
            echo "INFO  opening the index"
            i=0
            while :; do i=$((i + 1)); printf '\rindexing %d of 10000 documents' $i; sleep 0.5; done
            """),
        ("payments", """
            while :; do
              echo 'Unhandled exception. System.InvalidOperationException: Sequence contains no elements'
              echo '   at System.Linq.ThrowHelper.ThrowNoElementsException()'
              echo '   at Shop.Payments.Ledger.Newest(Order order) in /srv/shop/Payments/Ledger.cs:line 88'
              for i in 1 2 3 4 5 6; do echo "   at Microsoft.AspNetCore.Routing.EndpointMiddleware.Invoke$i(HttpContext context)"; done
              echo '   at Shop.Program.Main(String[] args) in /srv/shop/Program.cs:line 12'
              sleep 6
            done
            """),
        ("console", "head -c 5000 /dev/zero | tr '\\0' x; echo; sleep 1; echo done"),
    ];

    public static ProjectFolder Shop()
    {
        var folder = NewFolder("shop");
        foreach (var (name, script) in Processes) File.WriteAllText(Path.Combine(folder.Root, $"{name}.sh"), script);
        File.WriteAllLines(folder.Procfile, Processes.Select(p => $"{p.Name}: exec sh {p.Name}.sh"));
        File.WriteAllText(
            Path.Combine(folder.Root, "overmind-gui.yaml"),
            """
            processes:
              web: {group: backend}
              worker: {group: backend}
              mailer: {group: backend, restart: on-failure}
              migrate: {group: backend}
              vite: {group: frontend}
              storybook-static-server-with-a-long-name: {group: frontend}
              redis: {group: services}
              search-index: {group: services, ready: {log: "never printed"}}
              payments: {group: services}
            alerts:
              - name: mailer is down
                when: fails
                processes: [mailer]
                actions: [mark, browser]
              - when: {prints: {pattern: "timed? ?out", times: 5, within: 1m}}
                groups: [backend]
                actions: [mark]

            """);
        return folder;
    }

    public static ProjectFolder Forty()
    {
        var folder = NewFolder("platform");
        string[] kinds = ["gateway", "projection-rebuilder", "notification-dispatcher", "inventory-synchronisation"];
        File.WriteAllLines(folder.Procfile, Enumerable.Range(1, 40).Select(i =>
            $"team-{(char)('a' + i % 5)}-{kinds[i % kinds.Length]}-{i:00}-{(i % 2 == 0 ? "primary" : "replica")}: "
            + (i % 11 == 0 ? "echo cannot bind to port; exit 1" : $"while :; do echo \"handled {i} requests in $(date +%S) s\"; sleep {2 + i % 4}; done")));
        return folder;
    }

    public static ProjectFolder Silent()
    {
        var folder = NewFolder("silent");
        File.WriteAllText(folder.Procfile, "web: sleep 1000\n");
        return folder;
    }

    private static ProjectFolder NewFolder(string name)
    {
        var folder = new ProjectFolder(Path.Combine(Directory.CreateTempSubdirectory("overmind-gui-").FullName, name));
        Directory.CreateDirectory(folder.Root);
        return folder;
    }
}
