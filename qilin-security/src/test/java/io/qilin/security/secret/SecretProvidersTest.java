package io.qilin.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import io.qilin.api.secret.SecretProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretProvidersTest {
  private static final String CANARY = "k9#mQ2xLp7Wz";

  @TempDir
  Path folder;

  private static void refused(ErrorCode code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message)
        .hasMessageNotContaining(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        ".a",
        "a b",
        "a\n",
        "é",
        "a/b/c/d/e/f/g/h/i",
        "-a"
      })
  void whenANameHasAnotherForm_thenEveryProviderRefusesIt(String name) {
    for (SecretProvider provider : List.of(
        EnvironmentSecrets.of(Map.of(), "Q_"),
        new MemorySecrets(),
        FileSecrets.in(folder),
        SecretChain.of(List.of(new MemorySecrets())))) {
      refused(ErrorCode.INVALID_ARGUMENT, "name", () -> provider.secret(name));
    }
    refused(
        ErrorCode.INVALID_ARGUMENT, "name", () -> new MemorySecrets().put(name, Secret.of(CANARY)));
    refused(ErrorCode.INVALID_ARGUMENT, "name", () -> new MemorySecrets().remove(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "your-secret-key-here",
        "changeme",
        "aaaaaaaaaaaaaaaa",
        "short7!",
        "default-master-key"
      })
  void whenASecretIsKnownToEverybody_thenEveryProviderRefusesIt(String weak) throws IOException {
    refused(
        ErrorCode.WEAK_KEY,
        "'a'",
        () -> EnvironmentSecrets.of(Map.of("Q_A", weak), "Q_").secret("a"));
    refused(ErrorCode.WEAK_KEY, "'a'", () -> new MemorySecrets().put("a", Secret.of(weak)));
    FileSecrets files = SecretFiles.written(folder, Map.of("a", weak));
    refused(ErrorCode.WEAK_KEY, "'a'", () -> files.secret("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "q_", "1A", "Q-", "Q A"})
  void whenAPrefixHasAnotherForm_thenItIsRefused(String prefix) {
    refused(ErrorCode.INVALID_ARGUMENT, "QILIN_", () -> EnvironmentSecrets.of(Map.of(), prefix));
  }

  @Test
  void whenANameIsTheLongest_thenItIsTaken() {
    String longest = ("a".repeat(64) + "/").repeat(7) + "a".repeat(57);
    MemorySecrets memory = new MemorySecrets();
    memory.put(longest, Secret.of(CANARY));

    assertThat(memory.secret(longest)).contains(Secret.of(CANARY));
    refused(ErrorCode.INVALID_ARGUMENT, "name", () -> memory.secret(longest + "a"));
  }

  @Test
  void whenAProviderIsPrinted_thenItShowsWhatItIsAndNoSecret() {
    MemorySecrets memory = new MemorySecrets();
    memory.put("a", Secret.of(CANARY));

    assertThat(memory).hasToString("MemorySecrets[1]");
    assertThat(EnvironmentSecrets.of(Map.of("Q_A", CANARY), "Q_"))
        .hasToString("EnvironmentSecrets[Q_]");
  }

  @Test
  void whenAVariableIsEmpty_thenThereIsNoSecret() {
    assertThat(EnvironmentSecrets.of(Map.of("Q_A", ""), "Q_").secret("a")).isEmpty();
  }

  @Test
  void whenASecretIsRemoved_thenItIsGone() {
    MemorySecrets memory = new MemorySecrets();
    memory.put("a", Secret.of(CANARY));
    memory.remove("a");

    assertThat(memory.secret("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rwx------", "rw--w----", "rw-----w-"})
  void whenOthersMayReadAFile_thenItIsRefused(String mode) throws IOException {
    SecretFiles.write(folder.resolve("a"), CANARY, mode);

    refused(ErrorCode.SECRET_UNAVAILABLE, "0600", () -> FileSecrets.in(folder).secret("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void whenOthersMayWriteToTheFolder_thenItIsRefused(String mode) throws IOException {
    SecretFiles.write(folder.resolve("x/a"), CANARY, "r--------");
    assertThat(FileSecrets.in(folder).secret("x/a")).isPresent();
    Files.setPosixFilePermissions(folder.resolve("x"), PosixFilePermissions.fromString(mode));

    refused(ErrorCode.SECRET_UNAVAILABLE, "folder", () -> FileSecrets.in(folder).secret("x/a"));
  }

  @Test
  void whenAFileOrFolderIsALink_thenItIsRefused() throws IOException {
    SecretFiles.write(folder.resolve("x/a"), CANARY, "rw-------");
    Files.createSymbolicLink(folder.resolve("x/b"), folder.resolve("x/a"));
    Files.createSymbolicLink(folder.resolve("y"), folder.resolve("x"));
    Files.createSymbolicLink(folder.resolve("x/gone"), folder.resolve("x/nothing"));

    FileSecrets files = FileSecrets.in(folder);
    refused(ErrorCode.SECRET_UNAVAILABLE, "link", () -> files.secret("x/b"));
    refused(ErrorCode.SECRET_UNAVAILABLE, "link", () -> files.secret("y/a"));
    refused(ErrorCode.SECRET_UNAVAILABLE, "link", () -> files.secret("x/gone"));
    refused(ErrorCode.SECRET_UNAVAILABLE, "plain file", () -> files.secret("x"));
  }

  @Test
  void whenAFileIsNoText_thenItIsRefused() throws IOException {
    SecretFiles.write(folder.resolve("long"), CANARY.repeat(6_000), "rw-------");
    SecretFiles.write(folder.resolve("empty"), "\n", "rw-------");
    SecretFiles.write(folder.resolve("bytes"), "x", "rw-------");
    Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xc3, 0x28, 1, 2, 3, 4, 5, 6, 7, 8});

    String longest = (CANARY + "x9".repeat(32 << 10)).substring(0, 64 << 10);
    SecretFiles.write(folder.resolve("longest"), longest, "rw-------");

    FileSecrets files = FileSecrets.in(folder);
    assertThat(files.secret("longest")).contains(Secret.of(longest));
    refused(ErrorCode.SECRET_UNAVAILABLE, "65536", () -> files.secret("long"));
    refused(ErrorCode.SECRET_UNAVAILABLE, "empty", () -> files.secret("empty"));
    refused(ErrorCode.SECRET_UNAVAILABLE, "UTF-8", () -> files.secret("bytes"));
  }

  @Test
  void whenAFileEndsWithALineBreak_thenItIsNoPartOfTheSecret() throws IOException {
    FileSecrets files = SecretFiles.written(
        folder, Map.of("a", CANARY + "\n", "b", CANARY + "\r\n", "c", CANARY + "\n\n"));

    assertThat(files.secret("a")).contains(Secret.of(CANARY));
    assertThat(files.secret("b")).contains(Secret.of(CANARY));
    assertThat(files.secret("c")).contains(Secret.of(CANARY + "\n"));
  }

  @Test
  void whenAProviderOfAChainFails_thenTheNextIsNotAsked() {
    MemorySecrets next = new MemorySecrets();
    next.put("a", Secret.of(CANARY));
    List<SecretProvider> failing = List.of(name -> null, name -> {
      throw new UnsupportedOperationException(CANARY);
    });

    for (SecretProvider provider : failing) {
      SecretChain chain = SecretChain.of(List.of(provider, next));
      refused(ErrorCode.SECRET_UNAVAILABLE, "provider 1 of 2", () -> chain.secret("a"));
    }
    SecretChain typed = SecretChain.of(List.of(
        name -> {
          throw new QilinException(ErrorCode.TIMEOUT, "vault");
        },
        next));
    refused(ErrorCode.TIMEOUT, "vault", () -> typed.secret("a"));
    refused(ErrorCode.INVALID_ARGUMENT, "at least one", () -> SecretChain.of(List.of()));
    assertThat(SecretChain.of(List.of(name -> Optional.of(Secret.of("first-3Kd8Sq")), next))
            .secret("a"))
        .contains(Secret.of("first-3Kd8Sq"));
  }

  @Test
  void whenAddressesCarryCredentials_thenTheyAreHidden() {
    Map<String, String> masks = Map.ofEntries(
        Map.entry("postgres://user:pw@host:5432/db", "postgres://***@host:5432/db"),
        Map.entry("x https://u@h/ y redis://:p@ss@h z", "x https://***@h/ y redis://***@h z"),
        Map.entry("https://host/a@b", "https://host/a@b"),
        Map.entry(
            "https://h/?token=abc&x=1&API_KEY=k;password='p q'",
            "https://h/?token=***&x=1&API_KEY=***;password='***'"),
        Map.entry("a?pwd=\"p\\q\" b", "a?pwd=\"***\" b"),
        Map.entry("pwd='p\nq='r'", "pwd=***'p\nq='r'"),
        Map.entry("user[password]=p&user%5Bsecret%5D=q", "user[password]=***&user%5Bsecret%5D=***"),
        Map.entry("[key=1 a[monkey]=2", "[key=*** a[monkey]=2"),
        Map.entry("jdbc:mysql://h/db?user=u&password=pw", "jdbc:mysql://h/db?user=u&password=***"),
        Map.entry(
            "monkey=1 key=1 sig=2, access_token=3)", "monkey=1 key=*** sig=***, access_token=***)"),
        Map.entry("x".repeat(25) + "tokenabc=1", "x".repeat(25) + "tokenabc=***"),
        Map.entry("?" + "x".repeat(900) + "token=1", "?" + "x".repeat(900) + "token=***"),
        Map.entry("?token" + "x".repeat(900) + "=1&y=2", "?token" + "x".repeat(900) + "=***&y=2"),
        Map.entry("://", "://"),
        Map.entry("a=b", "a=b"),
        Map.entry("=x", "=x"),
        Map.entry("plain", "plain"));

    masks.forEach((text, mask) -> assertThat(UrlCredentials.mask(text)).isEqualTo(mask));
  }
}
