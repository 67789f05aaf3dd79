package io.qilin.ops.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.qilin.api.secret.Secret;
import io.qilin.ops.vault.ConfigVault;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a secret may stand, and that none is shown. */
class SecretsTest {
  record Account(Secret password, Optional<String> note, Optional<URI> address) {}

  record Keys(Map<String, Secret> keys, List<Secret> more) {}

  @TempDir
  Path temp;

  private ConfigFolder folder;

  @BeforeEach
  void make() {
    folder = new ConfigFolder(temp);
  }

  private ConfigLoader.Builder<Account> yaml(String text) {
    return ConfigLoader.builder(Account.class).file(folder.write("app.yaml", text));
  }

  @Test
  void whenASecretIsSealed_thenTheReaderGetsItsPlaceAndText() {
    Secret password = yaml("password: ENC(k1:abc)\n")
        .secrets((path, text) -> Secret.of(path + "|" + text))
        .build()
        .load()
        .value()
        .password();
    assertThat(password.reveal()).isEqualTo("password|ENC(k1:abc)");
  }

  @Test
  void whenValuesAreSealedByTheVault_thenTheyOpenInTheirPlaceOnly() {
    byte[] key = new byte[32];
    new Random(7).nextBytes(key);
    Secret base64 = Secret.of(Base64.getEncoder().encodeToString(key));
    ConfigVault vault =
        ConfigVault.builder(name -> Optional.of(base64)).primaryKey("k1").build();
    String sealed = vault.seal("keys[\"600519.SH\"]", Secret.of("s1"));
    folder.write("app.yaml", "keys: {600519.SH: " + sealed + "}\nmore: []\n");
    ConfigLoader<Keys> loader = ConfigLoader.builder(Keys.class)
        .file(folder.at("app.yaml"))
        .secrets(vault)
        .build();
    assertThat(loader.load().value().keys()).containsEntry("600519.SH", Secret.of("s1"));
    folder.write("app.yaml", "keys: {}\nmore: [" + sealed + "]\n");
    assertThat(folder.problems(loader))
        .containsExactly("app.yaml:2:8 more[0]: cannot be opened: the value at 'more[0]' cannot be"
            + " decrypted; it is to be of the form ENC(keyId:…), and sealed for this place");
  }

  @Test
  void whenASecretIsPlain_thenItIsRefusedUnlessAllowedByName() {
    assertThat(folder.problems(yaml("password: hunter2\n").build()))
        .containsExactly("app.yaml:1:11 password: expected a secret such as ENC(…), found plain"
            + " text, which is not allowed here");
    assertThat(yaml("password: hunter2\n").plainSecrets().build().load().value().password())
        .isEqualTo(Secret.of("hunter2"));
    assertThat(folder.problems(yaml("password: \"\"\n").plainSecrets().build()))
        .containsExactly("app.yaml:1:11 password: expected a secret such as ENC(…), found none");
    assertThat(folder.problems(yaml("password: {hunter2: x}\n").plainSecrets().build()))
        .containsExactly("app.yaml:1:11 password: expected a secret such as ENC(…), found a map");
  }

  @Test
  void whenASecretStandsWhereAListOfThemBelongs_thenItIsNotShown() {
    assertThat(folder.yamlProblems(Keys.class, "keys: hunter2\nmore: hunter2\n"))
        .containsExactly(
            "app.yaml:1:7 keys: expected a map, found a single value",
            "app.yaml:2:7 more: expected a list, found a single value");
  }

  @Test
  void whenThereIsNoReader_thenASealedTextIsNeverTakenForThePassword() {
    assertThat(folder.problems(yaml("password: ENC(k1:abc)\n").plainSecrets().build()))
        .containsExactly(
            "app.yaml:1:11 password: is sealed, and no SecretReader was given to open it");
  }

  @Test
  void whenASealedTextStandsElsewhere_thenItIsRefusedUnseen() {
    assertThat(folder.problems(
            yaml("password: p\nnote: ENC(k1:abc)\n").plainSecrets().build()))
        .containsExactly(
            "app.yaml:2:7 note: holds ENC(***), expected text; only a component of type"
                + " Secret holds a sealed text");
  }

  @Test
  void whenTheReaderFails_thenOnlyAnOwnMessageIsTold() {
    for (String hostile : List.of("throw", "null")) {
      assertThat(folder.problems(yaml("password: ENC(k1:abc)\n")
              .secrets((path, text) -> {
                if (hostile.equals("null")) {
                  return null;
                }
                throw new IllegalArgumentException("hunter2");
              })
              .build()))
          .allSatisfy(problem -> assertThat(problem)
              .startsWith("app.yaml:1:11 password: cannot be opened: ")
              .doesNotContain("hunter2"))
          .hasSize(1);
    }
  }

  @Test
  void whenATreeIsPrinted_thenNoSecretIsInIt() {
    ConfigLoader<Account> loader = yaml("""
            password: hunter2
            note: postgres://u:hunter2@db/x
            address: https://example.com/v1?user=a&api_key=hunter2&x=1
            """).plainSecrets().build();
    Loaded<Account> loaded = loader.load();
    assertThat(loaded.toString() + loaded.tree().print() + loaded.tree().entries() + loaded.tree())
        .contains("password = '***'")
        .contains("note = 'postgres://***@db/x'")
        .contains("address = 'https://example.com/v1?user=a&api_key=***&x=1'")
        .doesNotContain("hunter2");
    folder.write("app.yaml", """
        password: hunter3
        note: postgres://u:hunter3@db/x
        address: https://example.com/v1?user=a&api_key=hunter2&x=1
        """);
    ConfigTree newer = loader.load().tree();
    assertThat(newer.digest()).isNotEqualTo(loaded.tree().digest());
    assertThat(loaded.tree().diff(newer))
        .containsExactly(
            new ConfigChange(
                "note",
                Optional.of("postgres://***@db/x"),
                Optional.of("postgres://***@db/x"),
                ConfigChange.Kind.CHANGED),
            new ConfigChange(
                "password", Optional.of("***"), Optional.of("***"), ConfigChange.Kind.CHANGED));
  }

  @Test
  void whenAValueWithCredentialsIsWrong_thenTheMessageHidesThem() {
    assertThat(folder.problems(
            yaml("password: p\naddress: '://u:hunter2@h /'\n").plainSecrets().build()))
        .containsExactly("app.yaml:2:10 address: expected an address with its scheme, such as"
            + " https://example.com/, found the text '://***@h /'");
  }

  @Test
  void whenATextIsLong_thenItIsMaskedInLinearTime() {
    for (String piece :
        Arrays.asList("://", "?", "?a", ":// ", "&token", "?token=", "://@", "://?x=@")) {
      String text = piece.repeat(60_000 / piece.length());
      assertThat(Credentials.masked(text)).isNotEmpty();
    }
  }
}
