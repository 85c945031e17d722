namespace OvermindGui.Core.Tests.Project.Settings;

/// <summary>Documents that parser and schema are both held against.</summary>
internal static class Documents
{
    public const string Full = """
        # yaml-language-server: $schema=overmind-gui.schema.json
        processes:
          db:
            ready: {tcp: 5432, interval: 1s, timeout: 2m}
            stop_signal: INT
            timeout: 30s
            group: data
          migrate:
            depends_on: [db]
            one_shot: true
          web:
            depends_on:
              db: ready
              migrate: completed
              worker: started
            ready:
              http: /health
            restart: on-failure
            pty: false
            cwd: frontend
            env:
              RETRIES: 3
              RATIO: 1.50
              DEBUG: true
              EMPTY: ""
              GREETING: 'no: thing'
          worker:
        """;

    public static TheoryData<string> Accepted { get; } =
    [
        Full,
        "",
        "# nothing but a remark\n",
        "---\n...\n",
        "processes:",
        "processes: {}",
        "\uFEFFprocesses:\r\n  web:\r\n    group: a\r\n",
        """{"processes": {"web": {"ready": {"log": "listening"}}}}""",
        Web("restart: no"),
        Web("restart: 'no'"),
        Web("restart: always"),
        Web("timeout: 2"),
        Web("timeout: 0.5"),
        Web("timeout: 500ms"),
        Web("timeout: '2'"),
        Web("timeout: 1.5h"),
        Web("stop_signal: USR2"),
        Web("stop: {keys: q}"),
        Web("stop: {keys: 'escape,ctrl+c', timeout: 5s}"),
        Web("stop: {command: docker compose down, timeout: 1m}"),
        "no_input: true\nprocesses: {}",
        "terminal_colors: light",
        "hub: Host=db;Database=overmind\nhub_control: true\nhub_redact: true\n",
        "otlp: https://logs.example\notlp_headers: {Authorization: 'Bearer ${TOKEN}', X-Scope-OrgID: shop}\notlp_compression: none\notlp_ca: ca.pem\notlp_redact: true\n",
        Web("pty: True"),
        Web("one_shot: false"),
        Web("depends_on: []"),
        Web("depends_on: {}"),
        Web("env:"),
        Web("env: {_a1: -1.5e3, B: 0x1F, C: .inf}"),
        Web("ready: {tcp: '5432'}"),
        Web("ready: {tcp: db.local:5432}"),
        Web("ready: {tcp: '[::1]:80'}"),
        Web("ready: {tcp: $PORT}"),
        Web("ready: {tcp: '${HOST}:80'}"),
        Web("ready: {http: 'http://127.0.0.1:$PORT/health'}"),
        Web("ready: {http: HTTPS://example.test}"),
        Web("ready: {http: $BASE_URL/up}"),
        Web("ready: {command: pg_isready -q, interval: 2, timeout: 90}"),
        Web("max_memory: 64M"),
        Web("max_cpu: 90% for 5m"),
        Web("max_cpu: 50%"),
        Web("success_codes: [0, 143]"),
        Web("success_codes: 3"),
        Web("liveness: {http: /health, interval: 5s, timeout: 1s, failures: 2, start_period: 1m, action: alert}"),
        Web("liveness: {log: beat}"),
        "alerts:\n  - when: fails\n  - {name: big, when: {memory: 64M, for: 2m}, processes: [web], actions: [mark, {webhook: {url: '${U}', preset: ntfy}}, {command: ./tell}], cooldown: 1m, resolved: false}\n",
        "alerts: [{when: {prints: {pattern: timeout, times: 3, within: 10s}}}, {when: {disk: 100K}}, {when: {cpu: 50%}}]\n",
        Web("watch: true"),
        Web("watch: [src, '*.py']"),
        Web("watch: src"),
        Web("watch: {paths: [src], ignore: ['*.gen.ts'], debounce: 1s, signal: HUP}"),
        Web("watch: {command: make, debounce: 200ms}"),
        Web("watch: {restart: true, cascade: true}"),
        Web("schedule: '*/5 * * * *'"),
        Web("schedule: '30 */5 * * * *'"),
        Web("schedule: '@hourly'"),
        Web("schedule: {cron: '0 3 * * MON-FRI', timezone: UTC, overlap: queue, missed: once}"),
        "processes:\n  a: &common\n    group: x\n    env: &env {A: 1}\n  b: *common\n  c:\n    env: *env\n",
    ];

    /// <summary>Of another shape than the schema's, whatever the Procfile says.</summary>
    public static TheoryData<string> Misshapen { get; } =
    [
        "[]",
        "web",
        "process: {}",
        "version: 1\nprocesses: {}",
        "processes: [web]",
        "processes: {web: run}",
        Web("redy: {tcp: 1}"),
        Web("restart: sometimes"),
        Web("restart: true"),
        Web("restart:"),
        Web("max_memory: 600"),
        "alerts: {when: fails}",
        "alerts: [{when: never}]",
        "alerts: [{when: fails, actions: [shout]}]",
        Web("watch: {signal: SIGHUP}"),
        Web("watch: {path: src}"),
        Web("watch: 3"),
        Web("max_memory: lots"),
        Web("max_cpu: 90"),
        Web("max_cpu: often"),
        Web("success_codes: [zero]"),
        Web("success_codes: 256"),
        Web("liveness: {http: 3}"),
        Web("liveness: {tcp: 1, failures: 0}"),
        Web("liveness: {tcp: 1, action: mourn}"),
        Web("schedule: {timezone: UTC}"),
        Web("schedule: {cron: '@daily', overlap: pile}"),
        Web("schedule: 5"),
        Web("stop_signal: SIGINT"),
        Web("stop_signal: 2"),
        Web("stop: q"),
        Web("stop: {}"),
        Web("stop: {timeout: 5s}"),
        Web("stop: {keys: q, command: quit}"),
        Web("stop: {keys: ' '}"),
        Web("stop: {signal: INT}"),
        Web("timeout: soon"),
        Web("timeout: -1"),
        Web("timeout: 0"),
        Web("timeout: 1d"),
        Web("timeout: 100000"),
        Web("timeout: [1]"),
        Web("pty: yes"),
        Web("pty: 'true'"),
        Web("one_shot: 1"),
        Web("group: 5"),
        Web("group: true"),
        Web("group:"),
        Web("group: ' '"),
        Web("cwd: [a]"),
        Web("depends_on: db"),
        Web("depends_on:"),
        Web("depends_on: [db, db]"),
        Web("depends_on: [1]"),
        Web("depends_on: {db: healthy}"),
        Web("depends_on: {db: }"),
        Web("depends_on: {db: {condition: service_healthy}}"),
        Web("env: [A=1]"),
        Web("env: {A: }"),
        Web("env: {A: [1]}"),
        Web("env: {A-B: 1}"),
        Web("env: {1A: 1}"),
        Web("env: {PORT: 1}"),
        Web("env: {PS: web}"),
        Web("ready: 5432"),
        Web("ready: {}"),
        Web("ready: {interval: 1s}"),
        Web("ready: {tcp: 1, log: x}"),
        Web("ready: {tcp: 0}"),
        Web("ready: {tcp: 65536}"),
        Web("ready: {tcp: -1}"),
        Web("ready: {tcp: 1.5}"),
        Web("ready: {tcp: localhost}"),
        Web("ready: {tcp: 'a b:80'}"),
        Web("ready: {http: health}"),
        Web("ready: {http: 80}"),
        Web("ready: {http: 'ftp://localhost'}"),
        Web("ready: {log: }"),
        Web("ready: {log: ''}"),
        Web("ready: {command: 5}"),
        Web("ready: {tcp: 1, interval: often}"),
        Web("ready: {tcp: 1, delay: 1s}"),
    ];

    /// <summary>A document with one setting of a process called web.</summary>
    public static string Web(string setting) => $"processes:\n  web:\n    {setting}\n";
}
