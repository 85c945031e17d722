namespace OvermindGui.Core.Tests.Secrets;

/// <summary>
/// What real projects have in their environments and print. The bar in a token is not part of it: it keeps scanners of repositories from
/// reporting these made-up ones.
/// </summary>
internal static class Samples
{
    public static string[] SecretVariables { get; } = Read(
        """
        DB_PASS=correct horse
        DATABASE_PASSWORD=changeme
        PGPASSWORD=s3same
        MYSQL_PWD=root
        MYSQL_ROOT_PASSWORD=1234
        POSTGRES_PASSWORD=true
        REDISCLI_AUTH=foobared
        DATABASE_URL=postgres://shop:hunter2@db.internal:5432/shop
        REDIS_URL=rediss://:p4ssw0rd@cache.internal:6380/0
        MONGO_URI=mongodb+srv://app:p@ss/word@cluster0.mongodb.net/shop
        CONN=Server=db;Database=shop;User Id=sa;Password=Pa55 word!;Encrypt=true
        AZURE_STORAGE_CONNECTION_STRING=DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v==;EndpointSuffix=core.windows.net
        ConnectionStrings__Default=Host=db;Username=app;Password=topsecret
        JWT=eyJhbGciOiJIUzI1NiJ9.|eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U
        JWT_SECRET=keyboard cat
        SESSION_SECRET=keyboard cat
        SECRET_KEY_BASE=f3b1c1f0a9d84d6cb3c1d0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5
        DJANGO_SECRET_KEY=django-insecure-8#x)2w
        APP_KEY=base64:Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmE=
        RAILS_MASTER_KEY=0d5ac0c7e02f4a1fb6b3e1d2c3b4a596
        GITHUB_PAT=ghp_|16C7e42F292c6912E7710c838347Ae178B4a
        GH_TOKEN=gho_|16C7e42F292c6912E7710c838347Ae178B4a
        githubToken=anything
        NPM_TOKEN=npm_|0123456789abcdefghijABCDEFGHIJ012345
        CI_JOB_TOKEN=64_abcdefghijk
        GITLAB_PAT=glpat-|abcdefghij0123456789
        SLACK_WEBHOOK_URL=https://hooks.slack.com/services/|T00000000/B00000000/abcdefghijklmnopqrstuvwx
        DISCORD_URL=https://discord.com/api/webhooks/|123456789012345678/abcDEF_ghi-jklMNOpqrSTUvwxYZ0123456789
        SLACK_BOT_TOKEN=xoxb-|1234567890-abcdefghijklmnop
        STRIPE_SECRET_KEY=sk_live_|4eC39HqLyjWDarjtT1zdp7dc
        STRIPE_SIGNING=whsec_|4eC39HqLyjWDarjtT1zdp7dc4eC39HqL
        AWS_ACCESS_KEY_ID=AKIA|IOSFODNN7EXAMPLE
        AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        AWS_SESSION_TOKEN=FwoGZXIvYXdzEBYaDH
        OPENAI_API_KEY=sk-proj-|abcdefghijklmnopqrstuvwxyz0123456789
        ANTHROPIC_APIKEY=sk-ant-|api03-abcdefghijklmnopqrstuvwxyz
        GOOGLE_MAPS=AIza|SyA1234567890abcdefghijklmnopqrstuv
        GOOGLE_CLIENT_SECRET=GOCSPX-|abcdefghijklmnopqrstuvwx
        SENTRY_DSN=https://0123456789abcdef0123456789abcdef@o1.ingest.sentry.io/1
        TWILIO_AUTH_TOKEN=0123456789abcdef0123456789abcdef
        SENDGRID=SG.|abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG
        BASIC_AUTH=admin:admin
        ADMIN_PIN=0000
        TOTP_SEED_OTP=JBSWY3DPEHPK3PXP
        PASSWORD_SALT=pepper
        SESSION_COOKIE=s%3AAbCdEf.ghijkl
        TLS_PRIVATE=-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg
        SMTP_PW=letmein
        ENCRYPTION_KEY=0123456789abcdef
        GPG_PASSPHRASE=open sesame
        VAULT_ADDR_AUTH=https://user:pass@vault.internal
        AWS_CREDENTIALS=[default]
        WALLET_MNEMONIC=legal winner thank year wave
        AZURE_SAS=sv=2022-11-02&ss=b&sig=abcdefghijklmnopqrstuvwxyz
        TELEGRAM_BOT=123456789:|AAFabcdefghijklmnopqrstuvwxyz0123456
        """);

    public static string[] HarmlessVariables { get; } = Read(
        """
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
        PWD=/home/me/shop
        OLDPWD=/home/me
        HOME=/home/me
        SHELL=/bin/bash
        KEYBOARD=us
        KEYBOARD_LAYOUT=de
        MONKEY=banana
        PINNED=node-20.11.1
        SSH_AUTH_SOCK=/tmp/ssh-XXXXabcd/agent.1234
        SSH_PUBLIC_KEY=ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE
        VAPID_PUBLIC_KEY=BEl62iUYgUivxIkv69yViEuiBIa
        STRIPE_PUBLISHABLE_KEY=pk_test_abcdefghijkl
        RECAPTCHA_SITE_KEY=6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ
        DB_PASSWORD_FILE=/run/secrets/db_password
        GOOGLE_APPLICATION_CREDENTIALS=/home/me/.config/gcloud/key.json
        SSL_KEY=./certs/localhost.pem
        SUDO_ASKPASS=/usr/bin/ksshaskpass
        TOKEN_URL=https://login.example.com/oauth/token
        AUTH_HOST=auth.internal
        AUTH_ENABLED=true
        JWT_EXPIRES_IN=7d
        JWT_ALGORITHM=HS256
        JWT_ISSUER=https://shop.example.com/
        TOKEN_TTL=3600
        SESSION_COOKIE_NAME=_shop_session
        COOKIE_SECURE=true
        COOKIE_DOMAIN=.example.com
        MAX_TOKENS=4096
        OPENAI_MAX_TOKENS=1024
        TOKENIZERS_PARALLELISM=false
        BYPASS_CACHE=1
        COMPASS_HEADING=north
        PASSENGER_APP_ENV=production
        GIT_AUTHOR_NAME=Ada Lovelace
        AUTHORS=Ada, Grace
        KEYCLOAK_URL=http://localhost:8080
        HOTKEY=ctrl+k
        PRIMARY_KEY=id
        DATABASE_URL=postgres://localhost:5432/shop
        REDIS_URL=redis://cache:6379/0
        API_URL=https://api.example.com/v1/users/@me
        NODE_ENV=development
        RAILS_ENV=test
        PORT=5000
        LOG_LEVEL=debug
        GIT_COMMIT=0d5ac0c7e02f4a1fb6b3e1d2c3b4a59687f0e1d2
        REQUEST_ID=550e8400-e29b-41d4-a716-446655440000
        IMAGE=registry.example.com/shop@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        LS_COLORS=rs=0:di=01;34:ln=01;36
        LANG=en_US.UTF-8
        OPINION=positive
        SPATULA=1
        CAPTCHA_PROVIDER=hcaptcha
        PYTHONHASHSEED=0
        GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D
        XDG_SESSION_ID=3
        """);

    public static string[] Tokens { get; } = Read(
        """
        using AKIA|IOSFODNN7EXAMPLE for s3
        aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
        AWS_SESSION_TOKEN: FwoGZXIvYXdzEBYaDHqa0AP1
        cloning with ghp_|16C7e42F292c6912E7710c838347Ae178B4a
        remote: https://x-access-token:ghs_|16C7e42F292c6912E7710c838347Ae178B4a@github.com/o/r
        github_pat_|11ABCDEFG0abcdefghijkl_ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijk
        PRIVATE-TOKEN: glpat-|abcdefghij0123456789
        slack: xoxb-|1234567890-1234567890-abcdefghijklmnop
        xoxp-|1234567890-1234567890-1234567890-abcdefabcdef
        posting to https://hooks.slack.com/services/|T00000000/B00000000/abcdefghijklmnopqrstuvwx
        https://discord.com/api/webhooks/|123456789012345678/abcDEF_ghi-jklMNOpqrSTUvwxYZ0123456789 answered 204
        Stripe key sk_live_|4eC39HqLyjWDarjtT1zdp7dc
        rk_test_|4eC39HqLyjWDarjtT1zdp7dc
        verify whsec_|4eC39HqLyjWDarjtT1zdp7dc4eC39HqL
        openai: sk-proj-|abcdefghijklmnopqrstuvwxyz0123456789
        sk-ant-|api03-abcdefghijklmnopqrstuvwxyz0123456789
        Incorrect API key provided: sk-|abcdefghijklmnopqrstuvwxyz0123456789abcd
        GET /maps/api/js?key=AIza|SyA1234567890abcdefghijklmnopqrstuv
        Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.|eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U
        authorization: Basic YWRtaW46aHVudGVyMg==
        > Authorization: token 0123456789abcdef0123456789abcdef01234567
        jwt=eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.|eyJpc3MiOiJodHRwczovL3gifQ.c2lnbmF0dXJl
        "access_token": "ya29.|a0AfH6SMBabcdefghijklmnop"
        {"refresh_token":"1//0gabcdefghijk","expires_in":3599}
        client_secret=GOCSPX-|abcdefghijklmnopqrstuvwx
        //registry.npmjs.org/:_authToken=npm_|0123456789abcdefghijABCDEFGHIJ012345
        twine: pypi-|AgEIcHlwaS5vcmcCJDAxMjM0NTY3LTg5YWItY2RlZi0wMTIzLTQ1Njc4OWFiY2RlZgACKlszLCJ
        docker login -u me -p dckr_pat_|abcdefghijklmnopqrstuvwxyz0
        HF_TOKEN=hf_|abcdefghijklmnopqrstuvwxyzABCDEFGH
        Success! token hvs.|CAESIAbcdefghijklmnopqrstuvwxyz
        dop_v1_|0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        SendGrid SG.|abcdefghijklmnopqrstuv.abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG
        mailgun key-|0123456789abcdef0123456789abcdef
        twilio SK|0123456789abcdef0123456789abcdef
        shpat_|0123456789abcdef0123456789abcdef
        https://api.telegram.org/bot123456789:|AAFabcdefghijklmnopqrstuvwxyz0123456/getMe
        logged in as bot MTk4NjIyNDgzNDcxOTI1MjQ4.|Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs
        Logged in with token 'figd_|abcdefghijklmnopqrstuvwxyz0123456789'
        -----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXktdjEAAAAABG5vbmU
        MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
        connecting to postgres://shop:hunter2@db.internal:5432/shop
        mysql://root:p@ss/w0rd@localhost/shop refused
        redis://:sesame@localhost:6379/0
        amqp://guest:guest@rabbit:5672//
        password=hunter2
        Password: hunter2
        password: 'correct horse battery staple'
        {"user":"ada","password":"letmein"}
        db connect host=db user=shop password=hunter2 sslmode=disable
        Server=db;User Id=sa;Password=Pa55word!;Encrypt=true
        AccountName=shop;AccountKey=Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9v==;EndpointSuffix=core.windows.net
        $ mysqldump --password=hunter2 shop
        + curl --api-key abcd1234efgh https://api.example.com
        DB_PASS=hunter2
        export SECRET_KEY_BASE="f3b1c1f0a9d84d6cb3c1d0f1a2b3c4d5"
        api_key: 'abcd1234efgh5678'
        x-api-key: abcd1234efgh5678ijkl
        Set-Cookie: _shop_session=Zm9vYmFyYmF6cXV4; path=/; HttpOnly
        GET /reset?token=abcdef0123456789&user=1 200
        Jupyter at http://127.0.0.1:8888/tree?token=0123456789abcdef0123456789abcdef0123456789abcdef
        https://shop.blob.core.windows.net/c/b?sv=2022-11-02&sig=abcdefghijklmnopqrstuvwxyz%3D
        """);

    public static string[] LookAlikes { get; } = Read(
        """
        HEAD is now at 0d5ac0c7e02f4a1fb6b3e1d2c3b4a59687f0e1d2
        request_id=550e8400-e29b-41d4-a716-446655440000 status=200
        trace_id=0123456789abcdef0123456789abcdef span_id=0123456789abcdef
        sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
        integrity sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==
        assets/index-BX2mQ0dT.js   143.21 kB
        etag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
        error: unexpected token: expected ')'
        SyntaxError: Unexpected token } in JSON at position 42
        prompt_tokens=1024 completion_tokens=256 total_tokens=1280
        tokens: 4096
        token: expired
        Password: required
        password: must have at least 8 characters
        Enter password:
        [sudo] password for ada:
        Invalid password for user "ada"
        CSRF token mismatch
        secret: not found
        Loaded secrets=3 keys=7
        password=[FILTERED]
        "password": "***"
        token=<your-token-here>
        export TOKEN=${GITHUB_TOKEN}
        const token = parser.next()
        password = getpass()
        12 passed, 0 failed, pass=12 fail=0
        cache miss key=user:42:profile
        primary key: id, sort key: created_at
        KeyError: 'name'
        keyboard: us
        author=ada auth=required
        pin=17 mode=output
        salt-minion 3006.1 started
        cookie: consent banner shown
        bearer authentication is enabled
        basic setup complete
        GET /users/@me 200 in 12 ms
        http://localhost:3000/users/@me
        git@github.com:owner/repository.git
        Listening on http://127.0.0.1:5000
        postgres://localhost:5432/shop
        ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk2 ada@example
        -----BEGIN PUBLIC KEY-----
        -----BEGIN CERTIFICATE-----
        sk-learn 1.4.0 and hf_transfer 0.1.5 installed
        npm_config_cache=/home/ada/.npm
        xox-runner ready
        SK 1234
        01HZX3V7K2M9Q8R5T6W4Y1B0CD created
        order 4242424242424242 paid
        2026-11-27T06:38:14.123Z INFO started in 1,204 ms
        eyJhbGciOiJub25lIn0 is no token by itself
        Usage: tool --token TOKEN --password string
          --api-key string   the key to use
        --password-stdin
        GOOGLE_APPLICATION_CREDENTIALS=/etc/gcloud/key.json
        max_tokens: 2048, temperature: 0.7
        Compiled 42 modules (hash=3f2a1b9c8d7e6f50)
        """);

    private static string[] Read(string lines) => lines.Replace("|", "", StringComparison.Ordinal).Split('\n');
}
