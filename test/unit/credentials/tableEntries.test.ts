import assert from "node:assert/strict";
import { classifyValue } from "../../../src/core/credentials/classify";
import { isCredentialName } from "../../../src/core/credentials/keys";
import { lint } from "../../../src/core/credentials/lint";

const value = "k7Lp0q2xYz";

/** Of the texts that words make, those that have no finding. */
function silent(
  language: "sql" | "yaml",
  words: string,
  textOf: (word: string) => string,
): string[] {
  return words
    .split(" ")
    .filter((word) => lint(textOf(word), language).length === 0);
}

/** Of the texts that words make, those that have one. */
function loud(
  language: "sql" | "yaml",
  words: string,
  textOf: (word: string) => string,
): string[] {
  const quiet = silent(language, words, textOf);
  return words.split(" ").filter((word) => !quiet.includes(word));
}

describe("every entry of a table counts", () => {
  it("objects that a statement creates or alters", () => {
    const objects =
      "user role group login account principal connection credential source sink integration catalog foreign " +
      "external dictionary named master symmetric certificate key repository endpoint storage security api " +
      "notification linked data share system pipe link collection service profile resource backup warehouse " +
      "instance cluster library token connector routine changefeed remote session broker sync model ml_engine " +
      "keystore authorization authentication stage database server subscription secret virtual";
    const found = silent(
      "sql",
      objects,
      (object) => `CREATE ${object} a PASSWORD = '${value}'`,
    );
    assert.deepEqual(found, []);
  });

  it("words between CREATE and the object", () => {
    const words =
      "temp temporary persistent global local public shared private contained multiuser scoped";
    assert.deepEqual(
      silent(
        "sql",
        words,
        (word) => `CREATE ${word} ROLE a PASSWORD '${value}'`,
      ),
      [],
    );
  });

  it("verbs of statements with options", () => {
    const verbs =
      "backup restore export import load change start clone administer copy unload open exec execute call";
    assert.deepEqual(
      silent("sql", verbs, (verb) => `${verb} x WITH PASSWORD = '${value}'`),
      [],
    );
  });

  it("scopes of settings", () => {
    const scopes = "global session local persist variable";
    assert.deepEqual(
      silent("sql", scopes, (scope) => `SET ${scope} a_password = '${value}'`),
      [],
    );
  });

  it("tables of settings", () => {
    const tables =
      "setting settings config configs configuration configurations option options property properties preferences " +
      "parameter parameters variable variables registry secret secrets";
    const found = silent(
      "sql",
      tables,
      (table) => `INSERT INTO app_${table} VALUES ('a_token', '${value}')`,
    );
    assert.deepEqual(found, []);
  });

  it("lists of properties", () => {
    const lists =
      "with properties settings files kafka configuration parameters options credentials config";
    assert.deepEqual(
      silent("sql", lists, (list) => `CREATE TABLE t ${list} ('password' = '${value}')`), // prettier-ignore
      [],
    );
  });

  it("formats in the place of a key of ClickHouse's", () => {
    const formats =
      "csv tsv tskv tabseparated customseparated json parquet orc arrow avro native rowbinary values protobuf " +
      "capnproto regexp template lineasstring rawblob msgpack npy one auto form vertical pretty nosign";
    const found = loud(
      "sql",
      formats,
      (format) => `SELECT * FROM s3('https://h/x', '${format}', 'a int1')`,
    );
    assert.deepEqual(found, []);
  });

  it("what IDENTIFIED BY may have instead of a password", () => {
    const words =
      "random kerberos openid values externally globally ldap x509 external";
    assert.deepEqual(
      loud("sql", words, (word) => `CREATE USER a IDENTIFIED BY ${word}`),
      [],
    );
  });

  it("functions that take a key", () => {
    const calls =
      "pgp_sym_encrypt(d,#) pgp_sym_encrypt_bytea(d,#) pgp_sym_decrypt(d,#) pgp_sym_decrypt_bytea(d,#) " +
      "pgp_pub_decrypt(d,k,#) pgp_pub_decrypt_bytea(d,k,#) aes_encrypt(d,#) aes_decrypt(d,#) encrypt(d,#,'aes') " +
      "decrypt(d,#,'bf') encrypt_iv(d,#,i,'aes-cbc') decrypt_iv(d,#,i,'3des') encryptbypassphrase(#,d) " +
      "decryptbypassphrase(#,d) crypto_secretbox(d,n,#) crypto_secretbox_open(d,n,#) hmac(d,#,'sha256') " +
      "sign(row_to_json(r),#) sign(p,#,'HS256') verify(t,#,'HS512') set_wallet('f',#) old_password(#) " +
      "set_option('a_token',#) set_parameter('a_token',#) set_variable('a_token',#) set_value('a_token',#) " +
      "set_env('a_token',#) setenv('a_token',#) set_setting('a_token',#) mysql.rds_set_external_source(h,1,u,#)";
    assert.deepEqual(
      silent("sql", calls, (call) => `SELECT ${call.replace("#", `'${value}'`)}`), // prettier-ignore
      [],
    );
  });

  it("last words and pairs of a credential's name", () => {
    const names =
      "password,passwords,passwd,passphrase,passcode,pwd,pswd,psw,pass,pw,psk,secret,token,apikey,authtoken," +
      "accesstoken,secretkey,clientsecret,awsauth,x api key,x secret key,x private key,x account key,x master key," +
      "x integration key,x signing key,x encryption key,x shared key,x auth key,x storage key,x sas token," +
      "x secret string,x access key,x license key,x app key,x application key,x admin key,x service key," +
      "x password plaintext,x password value,x token value,x secret value,x symmetric key,x ssh key,x fernet key," +
      "x hmac key,x cipher key,x jwt key,x crypto key,awsAuth,x oauth2 credential,x key base,x erlang cookie," +
      "x github pat,x azure pat,x gh pat,subscription_key,openai_key,anthropic_key,sa_key,xencryptionkey," +
      "xsigningkey,xsharedkey,userpass,dbpw,rootpwd,adminpass,mypass,ftppw,smtppass,sqlpwd,pgpass," +
      "passwort,kennwort,contrasena,motdepasse,senha,wachtwoord";
    assert.deepEqual(
      names.split(",").filter((name) => !isCredentialName(name)),
      [],
    );
  });

  it("words that make it another's name", () => {
    const words =
      "public no disable enable allow require required reset forgot has is show use max min next page " +
      "continuation with hide change confirm invalid wrong missing expired csrf xsrf which drop update generate " +
      "num count foreign existing pull external mount";
    const names = words.split(" ").map((word) => `${word}_password`);
    assert.deepEqual(names.filter(isCredentialName), []);
  });

  it("values to be filled in", () => {
    const values =
      "change-me,changethis,replace-with,replace_by_x,place-holder,your_x,insert-x,enter-x,put-the-x,fill-in,set-me," +
      "sample-x,to-be-set,not-set,goes-here,paste-x,use-a-x,a-strong-x,redacted,filtered,scrubbed,masked,hidden," +
      "removed,censored,todo,tbd,fixme,dummy,unset,dein_passwort,deine-passwort,ihr-passwort,ihre-passwort," +
      "euer-kennwort,das-passwort,hier-passwort,neues-passwort,sicheres-passwort,votre-mot-de-passe," +
      "ton-mot-de-passe,le-mot-de-passe,un-mot-de-passe,tu-clave,su-clave,la-clave,una-clave,sua-senha,tua-senha," +
      "key-here,token-here,value here,string-here,code-here,id-here,name-here,goes here,none,null,nil,undefined," +
      "n/a,true,false,yes,no,on,off,empty,default,void";
    const literal = values
      .split(",")
      .filter(
        (each) =>
          classifyValue(each, { key: "password", language: "sql" }) !==
          "placeholder",
      );
    assert.deepEqual(literal, []);
  });

  it("values in YAML that name a type, a mode or a rule", () => {
    const words =
      "string str text varchar integer int number boolean bool object array required optional bearer basic oauth " +
      "oauth2 jwt opaque random auto automatic generate generated prompt ask env environment vault file header " +
      "query body read write admin_only always never on_create enabled disabled plain plaintext sha256 md5 bcrypt " +
      "hidden all any inherit same secure unencrypted encrypted omit none kdf self default masked forbidden allowed " +
      "internal external sensitive confidential passwort kennwort contraseña clave senha wachtwoord lösenord " +
      "passord adgangskode salasana hasło heslo jelszó parola şifre lozinka geslo parool slaptažodis parole";
    assert.deepEqual(
      loud("yaml", words, (word) => `password: ${word}\n`),
      [],
    );
  });

  it("codes of languages", () => {
    const codes =
      "ar bg bn ca cs cy da de el en es et eu fa fi fr ga gl he hi hr hu id is it ja ka ko lt lv mk ms nb nl nn " +
      "pl pt ro ru sk sl sq sr sv th tr uk ur vi zh";
    assert.deepEqual(
      loud("yaml", codes, (code) => `${code}:\n  a:\n    password: ${value}\n`),
      [],
    );
  });

  it("words in YAML that make it another's name", () => {
    const words =
      "random empty ask prompt expire expires valid bos eos pad unk mask sep cls type check verify validate " +
      "insecure skip without via per need needs support supports can accept remember whether if when before after " +
      "until unless field label title text header button link page screen form dialog icon error warning help hint";
    assert.deepEqual(
      loud("yaml", words, (word) => `${word}_password: ${value}\n`),
      [],
    );
  });

  it("names beside a value", () => {
    const labels =
      "name key id Name Key ParameterKey OptionName variable var field property param parameter option";
    const keys =
      "value parametervalue fieldvalue default defaultvalue default_value example val content secretvalue";
    assert.deepEqual(
      silent("yaml", labels, (label) => `- ${label}: db_password\n  value: ${value}\n`), // prettier-ignore
      [],
    );
    assert.deepEqual(
      silent("yaml", keys, (key) => `- name: db_password\n  ${key}: ${value}\n`), // prettier-ignore
      [],
    );
  });

  it("what refers to a thing elsewhere", () => {
    const beside =
      "remoteRef property secretName objectName secretKeyRef secretRef secretId";
    assert.deepEqual(
      loud("yaml", beside, (key) => `- secretKey: ${value}\n  ${key}: x\n`),
      [],
    );
    const above =
      "passwordKeyRef aSecretRef secretRef valueFrom remoteRef existingSecret secretKeys from_secret fromSecret " +
      "configMapRef secrets-manager parameter-store";
    assert.deepEqual(
      loud("yaml", above, (key) => `${key}:\n  password: ${value}\n`),
      [],
    );
  });

  it("keys of commands", () => {
    const keys =
      "run runcmd bootcmd script before_script after_script command commands cmd cmds args argv entrypoint test " +
      "shell win_shell raw exec execute install before_install after_success deploy setup post pre late-commands " +
      "inline bash sh powershell pwsh user_data java_opts extra_args extraArgs options";
    assert.deepEqual(
      silent("yaml", keys, (key) => `${key}: psql --password=${value} -h h\n`),
      [],
    );
  });

  it("ids of keys of the cloud", () => {
    const ids = "AKIA ASIA AIDA AROA";
    assert.deepEqual(
      loud("yaml", ids, (id) => `access_key: ${id}K7LP0Q2M9XW4ZR8T\n`),
      [],
    );
  });

  it("parameters of a shared access URL", () => {
    const signature = "k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";
    const parameters = "sv se sp sr st spr ss srt";
    for (const text of [
      (name: string) => `note: https://a.b/c?${name}=x&sig=${signature}\n`,
      (name: string) => `note: https://a.b/c?sig=${signature}&${name}=x\n`,
    ]) {
      assert.deepEqual(silent("yaml", parameters, text), []);
    }
  });
});
