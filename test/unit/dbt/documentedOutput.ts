/** From the documentation of dbt-duckdb: its README and its reference pages. */
export const documented = `
default:
  outputs:
    dev:
      type: duckdb
      path: dev/dbt.duckdb
      schema: main
      threads: 4
      extensions:
        - httpfs
        - parquet
        - name: h3
          repo: community
        - {name: uc_catalog, repo: core_nightly}
      settings:
        s3_region: my-aws-region
        s3_access_key_id: "{{ env_var('S3_ACCESS_KEY_ID') }}"
        enable_object_cache: true
        memory_limit: 4GB
        threads: 4
        nothing:
      config_options:
        allow_unsigned_extensions: true
      secrets:
        - type: s3
          region: my-aws-region
          key_id: "{{ env_var('S3_ACCESS_KEY_ID') }}"
          secret: "{{ env_var('S3_SECRET_ACCESS_KEY') }}"
        - type: s3
          provider: credential_chain
          name: chain
          scope: [s3://one, "s3://t'wo"]
        - type: http
          persistent: true
          extra_http_headers: {Authorization: Bearer x}
        - type: postgres
          name: pg_secret
          host: db.example
          database: shop
          user: reader
          password: pw
      use_credential_provider: aws
      filesystems:
        - fs: s3
          key: "{{ env_var('S3_ACCESS_KEY_ID') }}"
      plugins:
        - module: gsheet
          config: {method: oauth}
      module_paths: [./lib]
      retries: {connect_attempts: 3}
      disable_transactions: true
      keep_open: false
      remote: {host: localhost, port: 5433, user: test}
      attach:
        - path: /tmp/other.duckdb
        - path: ./yet/another.duckdb
          alias: yet_another
        - path: s3://yep/even/this/works.duckdb
          read_only: true
        - path: sqlite.db
          type: sqlite
        - path: "postgresql://u:{{ env_var('PGPW') }}@h:5433/shop?sslmode=require"
          alias: uri
        - path: "dbname=shop host=h user=u password={{ env_var('PGPW') }}"
          type: postgres
          alias: dsn
          read_only: false
        - {path: "postgres:dbname=shop", alias: prefixed}
        - {path: "", type: POSTGRES, secret: pg_secret, alias: by_secret, options: {schema: sales}}
        - {path: "dbname=other", alias: by_both, options: {type: postgres, secret: pg_secret}}
        - {path: "ducklake:my.ducklake", alias: lake, is_ducklake: true, options: {data_path: "'files/'", override_data_path: true, off: false, snapshot_version: 3}}
  target: dev
`;
