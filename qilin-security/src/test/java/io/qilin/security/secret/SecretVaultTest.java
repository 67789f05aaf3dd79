package io.qilin.security.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretVaultTest {
  private static final char[] PASSPHRASE = "correct Horse 42 staple".toCharArray();
  private static final String CANARY = "canary-7Qw9zR4tXp2L";
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Made by version 0.1 and never to be made anew: a vault that was written once can be opened by every later version. */
  private static final String WRITTEN_BEFORE =
      "{\"format\":\"qilin-vault-1\",\"kdf\":\"pbkdf2-hmac-sha512\",\"iterations\":210000,"
          + "\"salt\":\"ztAfoD53/pXN5EuBbnLocQ==\",\"revision\":3,\"values\":{"
          + "\"db\":\"YBMxK+BhpYm2C/qkibl0I3/C2/kfpyNyIp5EtajYBR4kK4f+M7VX+v92\","
          + "\"llm/key\":\"IdyP0lX3riZ1jO8ssbFad6Rzib1Ci7KL7P3JVNth8ehKF2zavvip8rMhErlmf8w=\"},"
          + "\"mac\":\"SN+1RbTdDVzoPvTqGiIRzSWOyE7d18iz07pnUkgpRDw=\"}";

  @TempDir
  Path folder;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("vault.json");
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(QilinException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageNotContaining(CANARY)
        .hasMessageNotContaining("Horse");
  }

  private SecretVault open(long leastRevision) {
    return SecretVault.open(file, PASSPHRASE, leastRevision, RANDOM);
  }

  private String salt() throws IOException {
    return Files.readString(file).replaceAll(".*\"salt\":\"([^\"]*)\".*", "$1");
  }

  private static VaultFile parsed(String json) {
    return VaultFile.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whenAVaultWasWrittenByAnEarlierVersion_thenItIsOpened() throws IOException {
    SecretFiles.write(file, WRITTEN_BEFORE, "rw-------");

    try (SecretVault vault = open(3)) {
      assertThat(vault.names()).containsExactly("db", "llm/key");
      assertThat(vault.secret("llm/key")).contains(Secret.of(CANARY));
      assertThat(vault.secret("db")).contains(Secret.of("other-5Gh8Kl1d"));
    }
  }

  @Test
  void whenANumberInTheFileIsTheLastThatCounts_thenItIsRead() {
    assertThat(parsed(WRITTEN_BEFORE.replace("210000", "10000000")).iterations)
        .isEqualTo(10_000_000);
    assertThat(parsed(WRITTEN_BEFORE.replace("\"revision\":3", "\"revision\":0")).revision)
        .isZero();
    String most = "9".repeat(15);
    assertThat(parsed(WRITTEN_BEFORE.replace("\"revision\":3", "\"revision\":" + most)).revision)
        .isEqualTo(Long.parseLong(most));
    refused(
        ErrorCode.DATA_FORMAT,
        () -> parsed(WRITTEN_BEFORE.replace("\"revision\":3", "\"revision\":" + most + "9")));
  }

  @Test
  void whenAVaultIsOpenedAgain_thenItHasItsSecretsAndRevision() throws IOException {
    try (SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM)) {
      assertThat(vault.revision()).isEqualTo(1);
      vault.put("llm/key", Secret.of(CANARY));
      vault.put("db", Secret.of("other-5Gh8Kl1d"));
      vault.remove("db");
      vault.remove("db");
      assertThat(vault.toString()).isEqualTo("SecretVault[vault.json]");
    }
    try (SecretVault again = open(4)) {
      assertThat(again.revision()).isEqualTo(4);
      assertThat(again.names()).containsExactly("llm/key");
      assertThat(again.secret("llm/key")).contains(Secret.of(CANARY));
      assertThat(again.secret("db")).isEmpty();
    }
    assertThat(Files.readString(file))
        .doesNotContain(CANARY)
        .contains("\"iterations\":210000", "\"revision\":4");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void whenThePassphraseIsWrongOrWeak_thenTheVaultStaysShut() {
    SecretVault.create(file, PASSPHRASE, RANDOM).close();

    refused(
        ErrorCode.DECRYPTION,
        () -> SecretVault.open(file, "correct Horse 43 staple".toCharArray(), 0, RANDOM));
    refused(
        ErrorCode.WEAK_KEY,
        () -> SecretVault.create(folder.resolve("b"), "elevenbytes".toCharArray(), RANDOM));
    refused(
        ErrorCode.WEAK_KEY,
        () -> SecretVault.create(folder.resolve("b"), "default-master-key".toCharArray(), RANDOM));
    refused(ErrorCode.DATA_CONFLICT, () -> SecretVault.create(file, PASSPHRASE, RANDOM));
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void whenAnOldCopyIsBroughtBack_thenItIsFoundByTheRevision() throws IOException {
    byte[] old;
    try (SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM)) {
      old = Files.readAllBytes(file);
      vault.put("a", Secret.of(CANARY));
      Files.write(file, old);
      refused(ErrorCode.DATA_CONFLICT, () -> vault.put("b", Secret.of(CANARY)));
      assertThat(vault.names()).containsExactly("a");
    }
    refused(ErrorCode.DATA_CONFLICT, () -> open(2));
    open(1).close();
  }

  @Test
  void whenAnythingInTheFileIsChanged_thenItIsNotOpened() throws IOException {
    try (SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM)) {
      vault.put("a", Secret.of(CANARY));
      vault.put("b", Secret.of("other-5Gh8Kl1d"));
    }
    String text = Files.readString(file);
    String a = text.replaceAll(".*\"a\":\"([^\"]*)\".*", "$1");
    String b = text.replaceAll(".*\"b\":\"([^\"]*)\".*", "$1");
    List<String> changed = List.of(
        text.replace("\"a\":\"" + a, "\"a\":\"" + b).replace("\"b\":\"" + b, "\"b\":\"" + a),
        text.replace("\"a\":\"" + a + "\",", ""),
        text.replace("\"revision\":3", "\"revision\":9"),
        text.replace("\"iterations\":210000", "\"iterations\":210001"));
    for (String one : changed) {
      assertThat(one).isNotEqualTo(text);
      Files.writeString(file, one);
      refused(ErrorCode.DECRYPTION, () -> open(0));
    }
  }

  @Test
  void whenTheFileHasAnotherForm_thenItIsRefusedBeforeAnyKeyIsDerived() throws IOException {
    try (SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM)) {
      vault.put("a", Secret.of(CANARY));
    }
    String text = Files.readString(file);
    List<String> wrong = List.of(
        text.replace("qilin-vault-1", "qilin-vault-2"),
        text.replace("sha512", "sha1"),
        text.replace("210000", "209999"),
        text.replace("210000", "10000001"),
        text.replace("210000", "1.5"),
        text.replace("\"revision\":2", "\"revision\":-2"),
        text.replace("\"revision\":2", "\"revision\":\"2\""),
        text.replace("\"revision\":2", "\"revision\":2,\"more\":1"),
        text.replaceAll("\"salt\":\"..", "\"salt\":\"*"),
        text.replaceAll("\"salt\":\"[^\"]*", "\"salt\":\"AAAA"),
        text.replaceAll("\"mac\":\"[^\"]*", "\"mac\":\"AAAA"),
        text.replaceAll("\"values\":\\{[^}]*}", "\"values\":1"),
        text.replaceAll("\"a\":\"[^\"]*\"", "\"a\":1"));
    for (String one : wrong) {
      assertThat(one).isNotEqualTo(text);
      Files.writeString(file, one);
      refused(ErrorCode.DATA_FORMAT, () -> open(0));
    }
    Files.writeString(file, text + "{}");
    refused(ErrorCode.INPUT_REJECTED, () -> open(0));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    refused(ErrorCode.SECRET_UNAVAILABLE, () -> open(0));
    refused(
        ErrorCode.SECRET_UNAVAILABLE,
        () -> SecretVault.open(folder.resolve("none"), PASSPHRASE, 0, RANDOM));
  }

  @Test
  void whenAVaultGetsAnotherPassphrase_thenOnlyThatOpensItAndItsSaltIsNew() throws IOException {
    char[] next = "quite Another 77 phrase".toCharArray();
    try (SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM)) {
      vault.put("a", Secret.of(CANARY));
      refused(ErrorCode.WEAK_KEY, () -> vault.rekey("short".toCharArray()));
      String before = salt();
      vault.rekey(next);
      assertThat(List.of(before, salt()))
          .doesNotHaveDuplicates()
          .doesNotContain("A".repeat(22) + "==");
      assertThat(vault.secret("a")).contains(Secret.of(CANARY));
      assertThat(vault.revision()).isEqualTo(3);
    }
    refused(ErrorCode.DECRYPTION, () -> open(0));
    try (SecretVault again = SecretVault.open(file, next, 3, RANDOM)) {
      assertThat(again.secret("a")).contains(Secret.of(CANARY));
    }
  }

  @Test
  void whenASecretIsRefused_thenNothingIsWrittenAndAClosedVaultGivesNothing() throws IOException {
    SecretVault vault = SecretVault.create(file, PASSPHRASE, RANDOM);
    String before = Files.readString(file);
    refused(ErrorCode.WEAK_KEY, () -> vault.put("a", Secret.of("changeme")));
    refused(ErrorCode.INVALID_ARGUMENT, () -> vault.put("../a", Secret.of(CANARY)));
    refused(
        ErrorCode.INVALID_ARGUMENT,
        () -> vault.put("a", Secret.of(CANARY + "x9".repeat(32 << 10))));
    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(vault.revision()).isEqualTo(1);
    Secret longest = Secret.of((CANARY + "x9".repeat(32 << 10)).substring(0, 64 << 10));
    vault.put("a", longest);
    assertThat(vault.secret("a")).contains(longest);
    vault.close();
    vault.close();

    refused(ErrorCode.KEY_UNAVAILABLE, () -> vault.secret("a"));
    refused(ErrorCode.KEY_UNAVAILABLE, () -> vault.secret("none"));
    refused(ErrorCode.KEY_UNAVAILABLE, () -> vault.put("b", Secret.of(CANARY)));
  }

  @Test
  void whenAValueIsMovedWithinTheSameKeys_thenItIsNotDecrypted() {
    VaultKeys keys = VaultKeys.derive(PASSPHRASE, new byte[16], 1_000);
    byte[] plain = CANARY.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = keys.seal(plain, VaultFile.place("a"), RANDOM);

    assertThat(keys.open(sealed, VaultFile.place("a"), "a")).isEqualTo(plain);
    assertThat(keys.seal(plain, VaultFile.place("a"), RANDOM)).isNotEqualTo(sealed);
    refused(ErrorCode.DECRYPTION, () -> keys.open(sealed, VaultFile.place("b"), "b"));
    refused(ErrorCode.DECRYPTION, () -> keys.open(new byte[27], VaultFile.place("a"), "a"));
    refused(ErrorCode.DECRYPTION, () -> keys.open(new byte[28], VaultFile.place("a"), "a"));
    byte[] nothing = keys.seal(new byte[0], VaultFile.place("a"), RANDOM);
    assertThat(keys.open(nothing, VaultFile.place("a"), "a")).isEmpty();
    keys.wipe();
    refused(ErrorCode.KEY_UNAVAILABLE, () -> keys.mac(plain));
    refused(ErrorCode.KEY_UNAVAILABLE, () -> keys.seal(plain, VaultFile.place("a"), RANDOM));
    refused(ErrorCode.KEY_UNAVAILABLE, () -> keys.open(sealed, VaultFile.place("a"), "a"));
  }
}
